package io.asgi4j.tck.run;

import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.wire.Curl;
import io.asgi4j.tck.wire.Field;
import io.asgi4j.tck.wire.Fields;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Request;
import java.util.ArrayList;
import java.util.List;

/** The command lines that do what a scenario's client does, as far as curl can: first the script is installed, then come the requests. */
final class CurlLines {
    private CurlLines() {}

    /** The lines; none if there is a request that curl cannot send. */
    static List<String> of(Target target, String wireId, Script script, List<Octets> requests) {
        var lines = new ArrayList<String>();
        var scriptBytes = Octets.utf8(Json.write(ScriptJson.write(script)));
        var path = target.facts(wireId).fill("{path}").replaceFirst("/t/[^/]*$", "/__tck__/scenarios/" + wireId);
        var install = new Request(
                "PUT",
                path,
                "1.1",
                new Fields(List.of(
                        Field.of("Host", target.facts(wireId).fill("{host}")),
                        Field.of("Content-Length", Integer.toString(scriptBytes.size())))),
                scriptBytes);
        var first = Curl.line(install, target.address());
        if (first.isEmpty() || requests.isEmpty()) {
            return List.of();
        }
        lines.add(first.get());
        for (var request : requests) {
            var line = Curl.line(request, target.address());
            if (line.isEmpty()) {
                return List.of();
            }
            lines.add(line.get());
        }
        return lines;
    }
}
