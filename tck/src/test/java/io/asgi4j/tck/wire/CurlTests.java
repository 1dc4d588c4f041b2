package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lets bash run the lines, against a server that records what arrives. */
class CurlTests {
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 8000);

    /** A request as far as curl has to keep it: the order of fields with different names is curl's. */
    private record Essence(
            String method, String target, String version, Map<String, List<String>> fields, Octets body) {
        static Essence of(Octets octets) {
            var request = Request.parse(octets).orElseThrow(() -> new AssertionError("not a request: " + octets));
            var fields = new TreeMap<String, List<String>>();
            for (var field : request.fields()) {
                fields.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(field.value());
            }
            return new Essence(request.method(), request.target(), request.version(), fields, request.body());
        }
    }

    private static void assertSendsTheSame(Octets octets) throws Exception {
        var received = new CompletableFuture<Octets>();
        try (var server = ScriptedServer.running(peer -> {
            received.complete(readRequest(peer));
            peer.write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        })) {
            var here = withHost(octets, server.address());
            var line = Curl.line(here, server.address()).orElseThrow(() -> new AssertionError("no line for " + octets));
            run(line);
            assertEquals(Essence.of(here), Essence.of(received.join()), line);
        }
    }

    private static Octets withHost(Octets octets, InetSocketAddress address) {
        return Octets.latin1(octets.toLatin1().replace("{host}", "127.0.0.1:" + address.getPort()));
    }

    private static Octets readRequest(ScriptedServer.Peer peer) throws Exception {
        var head = peer.readThrough("\r\n\r\n");
        var text = head.toLatin1().toLowerCase(Locale.ROOT);
        if (text.contains("\r\nexpect: 100-continue")) {
            peer.write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        var body = Octets.EMPTY;
        if (text.contains("\r\ntransfer-encoding: chunked")) {
            body = peer.readThrough("0\r\n\r\n");
        } else if (text.contains("\r\ncontent-length:")) {
            body = peer.read(Integer.parseInt(text.replaceAll("(?s).*\r\ncontent-length: *(\\d+).*", "$1")));
        }
        return Octets.concat(head, body);
    }

    private static void run(String line) throws Exception {
        var process =
                new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = Octets.of(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(ScriptedServer.PATIENCE_SECONDS, TimeUnit.SECONDS), line);
        assertEquals(0, process.exitValue(), () -> line + "\n" + output);
        assertTrue(output.toLatin1().contains("204 No Content"), () -> line + "\n" + output);
    }

    private static Octets request(String method, String target, String... fields) {
        var lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: {host}"));
        lines.addAll(List.of(fields));
        lines.add("");
        return Octets.lines(lines.toArray(String[]::new));
    }

    private static Octets post(Octets body, String... fields) {
        var all = new ArrayList<>(List.of(fields));
        all.add("Content-Length: " + body.size());
        return Octets.concat(request("POST", "/", all.toArray(String[]::new)), body);
    }

    @Test
    void aLineCanBeReadAndPasted() {
        assertEquals(
                Optional.of(
                        "curl -sS -i -N --noproxy '*' --http1.1 --path-as-is -H 'X-A: it is' -H User-Agent: -H Accept: "
                                + "'http://127.0.0.1:8000/a?b=c&d'"),
                Curl.line(Octets.lines("GET /a?b=c&d HTTP/1.1", "Host: 127.0.0.1:8000", "X-A: it is", ""), SERVER));
        assertEquals(
                Optional.of("printf '\\x00\\x01a' | curl -sS -i -N --noproxy '*' --http1.1 --path-as-is -X PUT -H"
                        + " User-Agent: -H Accept: -H Content-Type: -H Expect: --data-binary @-"
                        + " http://127.0.0.1:8000/"),
                Curl.line(
                        Octets.concat(
                                Octets.lines("PUT / HTTP/1.1", "Host: 127.0.0.1:8000", "Content-Length: 3", ""),
                                Octets.hex("000161")),
                        SERVER));
    }

    @Test
    void aServerMayListenElsewhere() throws Exception {
        var request = Octets.lines("GET / HTTP/1.1", "Host: h", "User-Agent: me", "Accept: a/b", "");
        var start = "curl -sS -i -N --noproxy '*' --http1.1 --path-as-is -H 'Host: h' -H 'User-Agent: me' -H 'Accept:"
                + " a/b' ";
        assertEquals(
                Optional.of(start + "--unix-socket '/tmp/a b' http://localhost/"),
                Curl.line(request, UnixDomainSocketAddress.of("/tmp/a b")));
        assertEquals(
                Optional.of(start + "'http://[0:0:0:0:0:0:0:1]:8000/'"),
                Curl.line(request, new InetSocketAddress(InetAddress.getByName("::1"), 8000)));
    }

    @Test
    void methods() throws Exception {
        for (var method : List.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "get", "M-SEARCH", "!#$%&'*+.^_`|~")) {
            assertSendsTheSame(request(method, "/"));
        }
    }

    @Test
    void targets() throws Exception {
        for (var target : List.of(
                "/a/../b/./c//d",
                "/one%2Ftwo?x=%20&y=%C3%A9&x=1",
                "/?",
                "//",
                "/a?b?c=d/e",
                "/[1-3]{a,b}",
                "/it's\"$HOME`id`\\!<>^|",
                "/#fragment",
                "*",
                "http://other/x?y",
                "nonsense",
                "/caf\u00c3\u00a9",
                "/\u00e9?\u00ff")) {
            assertSendsTheSame(request("GET", target));
        }
    }

    @Test
    void fields() throws Exception {
        assertSendsTheSame(
                request("GET", "/", "X-MiXed: V", "x-a:1", "X-A:   v  ", "X-A: 3", "X-Empty:", "X_Under: 1"));
        assertSendsTheSame(request("GET", "/", "Accept: a/b", "User-Agent: me", "Connection: close", "Upgrade: foo"));
        assertSendsTheSame(request("GET", "/", "X: \u00e9'\"$x`y`\\!\ttab", "Cookie: a=b", "Cookie: c=d"));
        assertSendsTheSame(request("GET", "/", "X Y: name with a space", "X: \u0001\u001f\u007f"));
    }

    @Test
    void hosts() throws Exception {
        assertSendsTheSame(Octets.lines("GET / HTTP/1.1", "Host: example.com", ""));
        assertSendsTheSame(Octets.lines("GET / HTTP/1.1", "X: y", ""));
        assertSendsTheSame(Octets.lines("GET / HTTP/1.1", "Host:", ""));
        assertSendsTheSame(Octets.lines("GET / HTTP/1.0", ""));
    }

    @Test
    void bodies() throws Exception {
        for (var body : List.of(
                "hello",
                "",
                "it's\r\n\\n 100% \"$HOME\"",
                "@file",
                "a\u0000b%s\\0",
                "-n\u0000",
                "\u00e9\u00ff",
                "1f\u0001f",
                "x".repeat(2_000_000),
                "\u0000".repeat(5000))) {
            assertSendsTheSame(post(Octets.latin1(body)));
        }
        assertSendsTheSame(post(Octets.latin1("{}"), "Content-Type: application/json"));
        assertSendsTheSame(post(Octets.latin1("x"), "Expect: 100-continue"));
        assertSendsTheSame(Octets.concat(request("GET", "/", "Content-Length: 1"), Octets.latin1("x")));
        assertSendsTheSame(Octets.concat(
                Octets.lines("POST / HTTP/1.0", "Host: {host}", "Content-Length: 1", ""), Octets.latin1("x")));
    }

    @Test
    void chunkedBodies() throws Exception {
        assertSendsTheSame(Octets.concat(
                request("POST", "/", "Transfer-Encoding: chunked"),
                Octets.lines("5", "hello", "6", " world", "0", "")));
        assertSendsTheSame(Octets.concat(request("PATCH", "/", "Transfer-Encoding: chunked"), Octets.lines("0", "")));
    }

    @Test
    void whatCurlCannotSendHasNoLine() {
        for (var octets : List.of(
                WebSocketHandshake.to("/", "h").request(),
                Octets.concat(request("GET", "/"), request("GET", "/")),
                request("GET", "/").first(10),
                Octets.latin1("garbage\r\n\r\n"),
                Octets.lines("GET / HTTP/2.0", ""),
                Octets.lines("GET  / HTTP/1.1", ""),
                Octets.latin1("GET / HTTP/1.1\n\n"),
                request("CONNECT", "h:1"),
                request("GET", "/\u0001"),
                request("GET", "/" + "a".repeat(70_000)),
                request("GET", "/", "Host: again"),
                request("GET", "/", "no colon"),
                request("GET", "/", "X: y", " folded"),
                request("GET", "/", ": no name"),
                request("GET", "/", "@X: y"),
                request("GET", "/", "X: \u0000"),
                request("POST", "/", "Content-Length: 5"),
                request("POST", "/", "Content-Length: 00"),
                request("POST", "/", "Content-Length: x"),
                request("HEAD", "/", "Content-Length: 0"),
                Octets.concat(request("POST", "/", "Transfer-Encoding: gzip"), Octets.lines("0", "")),
                Octets.concat(request("POST", "/", "Transfer-Encoding: chunked"), Octets.lines("1;a=b", "x", "0", "")),
                Octets.concat(request("POST", "/", "Transfer-Encoding: chunked"), Octets.lines("0", "X: y", "")),
                Octets.concat(
                        request("POST", "/", "Transfer-Encoding: chunked", "Content-Length: 5"), Octets.lines("0", "")),
                post(Octets.latin1("xy".repeat(3000))))) {
            assertEquals(Optional.empty(), Curl.line(octets, SERVER), octets.toString());
        }
    }
}
