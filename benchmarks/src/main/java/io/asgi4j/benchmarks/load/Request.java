package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Server;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An HTTP/1.1 request, without its host field; the body's bytes as ISO-8859-1. */
record Request(String method, String path, List<String> fields, String body) {
    static Request get(String path, String... fields) {
        return new Request("GET", path, List.of(fields), "");
    }

    static Request post(String path, String body) {
        return new Request("POST", path, List.of("content-length: " + body.length()), body);
    }

    /** What goes over the wire. */
    byte[] encoded(Server server) {
        var head = new StringBuilder()
                .append(method + " " + path + " HTTP/1.1\r\n")
                .append("host: 127.0.0.1:" + server.address().getPort() + "\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        return head.append("\r\n").append(body).toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
