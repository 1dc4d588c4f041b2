package io.asgi4j.tck.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A client's opening handshake (RFC 6455, 4.1), legal or not.
 *
 * @param host the value of the Host field
 * @param key the value of Sec-WebSocket-Key, any text
 * @param version the value of Sec-WebSocket-Version, any text
 * @param subprotocols what Sec-WebSocket-Protocol offers; no field if empty
 * @param extensions what Sec-WebSocket-Extensions offers, one member each; no field if empty
 * @param lines more field lines
 */
public record WebSocketHandshake(
        String target,
        String host,
        String key,
        String version,
        List<String> subprotocols,
        List<String> extensions,
        List<String> lines) {
    /** Always the same, so that two runs write the same bytes; it is the one of the examples in RFC 6455. */
    public static final String USUAL_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public WebSocketHandshake {
        subprotocols = List.copyOf(subprotocols);
        extensions = List.copyOf(extensions);
        lines = List.copyOf(lines);
    }

    /** A plain handshake for a target such as {@code /chat?room=1}. */
    public static WebSocketHandshake to(String target, String host) {
        return new WebSocketHandshake(target, host, USUAL_KEY, "13", List.of(), List.of(), List.of());
    }

    public WebSocketHandshake withKey(String other) {
        return new WebSocketHandshake(target, host, other, version, subprotocols, extensions, lines);
    }

    public WebSocketHandshake withVersion(String other) {
        return new WebSocketHandshake(target, host, key, other, subprotocols, extensions, lines);
    }

    public WebSocketHandshake withSubprotocols(String... offered) {
        return new WebSocketHandshake(target, host, key, version, List.of(offered), extensions, lines);
    }

    public WebSocketHandshake withExtensions(String... offered) {
        return new WebSocketHandshake(target, host, key, version, subprotocols, List.of(offered), lines);
    }

    public WebSocketHandshake withField(String name, String value) {
        var more = new ArrayList<>(lines);
        more.add(name + ": " + value);
        return new WebSocketHandshake(target, host, key, version, subprotocols, extensions, more);
    }

    /** The request's lines, without the empty one at the end. */
    public List<String> requestLines() {
        var all = new ArrayList<>(List.of(
                "GET " + target + " HTTP/1.1",
                "Host: " + host,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: " + key,
                "Sec-WebSocket-Version: " + version));
        if (!subprotocols.isEmpty()) {
            all.add("Sec-WebSocket-Protocol: " + String.join(", ", subprotocols));
        }
        if (!extensions.isEmpty()) {
            all.add("Sec-WebSocket-Extensions: " + String.join(", ", extensions));
        }
        all.addAll(lines);
        return all;
    }

    /** The bytes of the request. */
    public Octets request() {
        return Octets.concat(Octets.lines(requestLines().toArray(String[]::new)), Octets.lines(""));
    }

    /** The value that Sec-WebSocket-Accept has to have (RFC 6455, 4.2.2). */
    public String accept() {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** What is wrong with an answer (RFC 6455, 4.1), beyond what its reader noticed; nothing if it opens the WebSocket. */
    public List<Anomaly> check(Response response) {
        if (response.status() != 101) {
            return List.of(
                    new Anomaly(Anomaly.Kind.NOT_SWITCHED, response.statusLine().toString()));
        }
        var wrong = new ArrayList<Anomaly>();
        var fields = response.fields();
        var upgrades = fields.members("upgrade");
        if (upgrades.size() != 1 || !upgrades.getFirst().equalsIgnoreCase("websocket")) {
            wrong.add(new Anomaly(Anomaly.Kind.WRONG_UPGRADE, "Upgrade " + upgrades));
        }
        if (!fields.hasMember("connection", "upgrade")) {
            wrong.add(new Anomaly(Anomaly.Kind.WRONG_UPGRADE, "Connection " + fields.members("connection")));
        }
        var accepts = fields.all("sec-websocket-accept");
        if (!accepts.equals(List.of(accept()))) {
            wrong.add(new Anomaly(Anomaly.Kind.WRONG_ACCEPT, accepts + ", expected " + accept()));
        }
        var chosen = fields.all("sec-websocket-protocol");
        if (chosen.size() > 1 || !subprotocols.containsAll(chosen)) {
            wrong.add(new Anomaly(Anomaly.Kind.WRONG_SUBPROTOCOL, chosen + ", offered " + subprotocols));
        }
        checkExtensions(fields.members("sec-websocket-extensions"), wrong);
        return List.copyOf(wrong);
    }

    private void checkExtensions(List<String> agreed, List<Anomaly> wrong) {
        var names = agreed.stream().map(WebSocketHandshake::extensionName).toList();
        var offered = extensions.stream().map(WebSocketHandshake::extensionName).toList();
        if (!offered.containsAll(names) || names.stream().distinct().count() < names.size()) {
            wrong.add(new Anomaly(Anomaly.Kind.WRONG_EXTENSION, agreed + ", offered " + extensions));
        }
    }

    private static String extensionName(String member) {
        var semicolon = member.indexOf(';');
        return (semicolon < 0 ? member : member.substring(0, semicolon)).strip();
    }
}
