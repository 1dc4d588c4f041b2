package io.asgi4j.tck.wire;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Renders the {@code curl} command line, for bash, that sends the same request.
 *
 * <p>The same means: method, target, version, body, and the fields with their values and the order within a name. curl
 * itself puts {@code Host} first and {@code Content-Length} last, and cuts a chunked body into chunks of its own.
 */
public final class Curl {
    /** A longer body makes a line that nobody wants to see, unless it is one byte repeated. */
    private static final int LONGEST_BODY = 4096;

    /** Linux takes no argument of 128 KiB. */
    private static final int LONGEST_HEAD = 64 * 1024;

    private static final Octets HEAD_END = Octets.latin1("\r\n\r\n");

    /** Without a progress meter, with the response's head, unbuffered, and never through a proxy. */
    private static final String COMMAND = "curl -sS -i -N --noproxy '*'";

    /** What curl takes as part of a URL, and passes on as it is. */
    private static final Pattern PLAIN_TARGET =
            Pattern.compile("/[-A-Za-z0-9._~!$&'()*+,;=:@/%]*(\\?[-A-Za-z0-9._~!$&'()*+,;=:@/?%]+)?");

    /** Fields that curl makes up unless it is told not to. */
    private static final List<String> MADE_UP = List.of("User-Agent", "Accept");

    private static final List<String> MADE_UP_WITH_BODY = List.of("Content-Type", "Expect");

    private Curl() {}

    /** The line for literal bytes; nothing if they are not exactly one request that curl can send. */
    public static Optional<String> line(Octets octets, SocketAddress server) {
        var fits = octets.first(LONGEST_HEAD).contains(HEAD_END);
        return fits ? Request.parse(octets).flatMap(request -> line(request, server)) : Optional.empty();
    }

    /** The line for a request; nothing if curl cannot send it. */
    public static Optional<String> line(Request request, SocketAddress server) {
        if (!canBeSent(request)) {
            return Optional.empty();
        }
        var words = new ArrayList<String>();
        words.add(COMMAND);
        words.add(request.version().equals("1.0") ? "--http1.0" : "--http1.1");
        words.add("--path-as-is");
        addMethod(request, words);
        addFields(request, authority(server), words);
        var pipe = addBody(request, words);
        addTarget(request, server, words);
        return Optional.of(pipe + String.join(" ", words));
    }

    private static boolean canBeSent(Request request) {
        var fields = request.fields();
        var lengths = fields.all("content-length");
        return List.of("1.0", "1.1").contains(request.version())
                && !request.method().equals("CONNECT")
                && !(request.method().equals("HEAD") && hasBody(request))
                && !(request.version().equals("1.0") && request.isChunked())
                && request.target().chars().allMatch(c -> c > 0x20 && c != 0x7F)
                && !fields.hasMember("upgrade", "websocket")
                && fields.all("host").size() <= 1
                && lengths.stream().allMatch(String.valueOf(request.body().size())::equals)
                && fields.list().stream().allMatch(Curl::canBeSent)
                && (request.body().size() <= LONGEST_BODY || isRun(request.body()));
    }

    private static boolean canBeSent(Field field) {
        var line = field.line().toLatin1();
        return line.indexOf(':') > 0
                && line.charAt(0) != '@'
                && line.chars().noneMatch(c -> c == 0 || c == '\r' || c == '\n');
    }

    private static boolean hasBody(Request request) {
        return request.isChunked() || request.fields().contains("content-length");
    }

    private static boolean isRun(Octets octets) {
        for (var i = 1; i < octets.size(); i++) {
            if (octets.at(i) != octets.at(0)) {
                return false;
            }
        }
        return !octets.isEmpty();
    }

    private static void addMethod(Request request, List<String> words) {
        if (request.method().equals("HEAD")) {
            words.add("--head");
        } else if (!request.method().equals(hasBody(request) ? "POST" : "GET")) {
            words.add("-X " + Shell.quoted(request.method()));
        }
    }

    private static void addFields(Request request, String authority, List<String> words) {
        for (var field : request.fields()) {
            var isCurls = field.isNamed("content-length")
                    || (field.isNamed("host") && field.value().equals(authority));
            if (!isCurls) {
                var line = field.value().isEmpty() ? Octets.latin1(field.name() + ";") : field.line();
                words.add("-H " + Shell.quoted(line));
            }
        }
        var unwanted = new ArrayList<>(MADE_UP);
        unwanted.add("Host");
        if (hasBody(request)) {
            unwanted.addAll(MADE_UP_WITH_BODY);
        }
        unwanted.removeIf(request.fields()::contains);
        unwanted.forEach(name -> words.add("-H " + name + ":"));
    }

    /** Gives what has to stand before curl: an argument cannot hold NUL, and {@code @} would name a file. */
    private static String addBody(Request request, List<String> words) {
        if (!hasBody(request)) {
            return "";
        }
        var body = request.body();
        if (body.size() > LONGEST_BODY) {
            words.add("--data-binary @-");
            return Shell.repeating(body.at(0), body.size()) + " | ";
        }
        if (body.contains(Octets.hex("00")) || body.startsWith(Octets.latin1("@"))) {
            words.add("--data-binary @-");
            return Shell.printing(body) + " | ";
        }
        words.add("--data-binary " + Shell.quoted(body));
        return "";
    }

    private static void addTarget(Request request, SocketAddress server, List<String> words) {
        if (server instanceof UnixDomainSocketAddress unix) {
            words.add("--unix-socket " + Shell.quoted(Octets.utf8(unix.getPath().toString())));
        }
        var base = "http://" + authority(server);
        if (PLAIN_TARGET.matcher(request.target()).matches()) {
            words.add(Shell.quoted(base + request.target()));
        } else {
            words.add("--request-target " + Shell.quoted(request.target()));
            words.add(Shell.quoted(base + "/"));
        }
    }

    /** What stands in the URL, which is also what curl writes as {@code Host} by itself. */
    private static String authority(SocketAddress server) {
        if (!(server instanceof InetSocketAddress internet)) {
            return "localhost";
        }
        var host = internet.getAddress() instanceof Inet6Address
                ? "[" + internet.getHostString() + "]"
                : internet.getHostString();
        return internet.getPort() == 80 ? host : host + ":" + internet.getPort();
    }
}
