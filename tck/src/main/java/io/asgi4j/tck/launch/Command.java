package io.asgi4j.tck.launch;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.StartOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command that starts a server.
 *
 * <p>Words are parted by spaces, and kept together by single or double quotes; there is no shell. {@code {port}} stands for the port, and in
 * an option {@code {value}} for its text or number, {@code {seconds}} and {@code {millis}} for a time.
 *
 * @param template such as {@code uvicorn tck_app:app --port {port}}
 * @param options what is appended to set an option, such as {@code --root-path {value}}
 * @param info what the server is called in reports
 * @param features what it declares; empty to take what its scopes offer
 */
public record Command(String template, Map<StartOption, String> options, ServerInfo info, Set<Feature> features) {
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final double MILLIS_PER_SECOND = 1000;

    /** Copies the collections. */
    public Command {
        options = Map.copyOf(options);
        features = Set.copyOf(features);
    }

    /** The words of the command for a port and options. */
    List<String> words(int port, Map<StartOption, String> values) {
        var text = new StringBuilder(template);
        values.forEach((option, value) -> {
            var appended = options.getOrDefault(option, "");
            text.append(' ')
                    .append(
                            option.kind() == StartOption.Kind.DURATION
                                    ? timed(appended, value)
                                    : appended.replace("{value}", value));
        });
        var words = new ArrayList<String>();
        var matcher = WORD.matcher(text.toString().replace("{port}", Integer.toString(port)));
        while (matcher.find()) {
            words.add(QUOTED.matcher(matcher.group()).replaceAll("$1$2"));
        }
        return words;
    }

    private static String timed(String appended, String millis) {
        var seconds = Long.parseLong(millis) / MILLIS_PER_SECOND;
        var whole = seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
        return appended.replace("{millis}", millis).replace("{seconds}", whole);
    }
}
