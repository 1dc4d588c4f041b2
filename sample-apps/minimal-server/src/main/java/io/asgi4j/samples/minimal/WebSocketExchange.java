package io.asgi4j.samples.minimal;

import io.asgi4j.spec.*;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One WebSocket: the tables of SPEC.md, "WebSocket: which event is legal when" and "WebSocket: closing"; RFC 6455. */
final class WebSocketExchange extends ClientExchange<WebSocketExchange.Stage> {
    enum Stage {
        CONNECTING,
        OPEN,
        CLOSED
    }

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");
    private static final Set<String> OWN_FIELDS = Set.of(
            "connection",
            "upgrade",
            "sec-websocket-accept",
            "sec-websocket-extensions",
            "content-length",
            "transfer-encoding");

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;

    private static final WebSocketDisconnect LOST = new WebSocketDisconnect(1006, "");

    private final List<String> subprotocols;
    private final Queue<WebSocketReceive> inbox = new ArrayDeque<>();
    private long unread;
    private boolean connectTold;
    private boolean accepted;

    /** What began the end, whoever did; from then on no frame is sent. */
    private @Nullable WebSocketDisconnect ending;

    /** The message of which fragments are there, and the opcode of the first one, or 0; these belong to the reader. */
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    private int messageOpcode;

    /** Checks the handshake (RFC 6455, 4.2.1). */
    WebSocketExchange(MinimalServer server, Wire wire, RequestHead head) throws Refusal {
        super(server, wire, head, Stage.CONNECTING);
        var headers = head.headers();
        var keys = headers.all("sec-websocket-key");
        subprotocols = RequestHead.elements(headers, "sec-websocket-protocol");
        if (!head.method().equals("GET")) {
            throw new Refusal(405, "A WebSocket is opened with GET", Headers.of("allow", "GET"));
        }
        if (!headers.all("sec-websocket-version").equals(List.of("13"))) {
            throw new Refusal(
                    426,
                    "Another version of WebSocket is needed",
                    Headers.of("sec-websocket-version", "13", "upgrade", "websocket", "connection", "upgrade, close"));
        }
        if (head.length() != 0
                || keys.size() != 1
                || !KEY.matcher(keys.getFirst()).matches()) {
            throw new Refusal(400, "A WebSocket handshake has one key of 16 bytes, and no body");
        }
        draining().onSet(() -> monitor.change(this::shutDown));
    }

    @Override
    Scope scope() {
        return WebSocketScope.builder()
                .httpVersion(head.version())
                .scheme("ws")
                .path(head.path())
                .rawPath(head.rawPath())
                .queryString(head.query())
                .headers(head.headers())
                .client(wire.client)
                .server(wire.server)
                .subprotocols(subprotocols)
                .state(server.state())
                .connection(this)
                .build();
    }

    @Override
    boolean isOver() {
        return ending != null || wire.isGone();
    }

    // the thread of the connection

    @Override
    boolean feed() {
        try {
            if (wire.awaitInput()) {
                monitor.awaitUninterruptibly(() -> stage != Stage.CONNECTING || wire.isGone());
                while (accepted && readFrame()) {}
            }
        } catch (Refusal breach) {
            monitor.change(() -> close(breach.code, breach.reason));
        } catch (IOException lost) {
            // What is lost has no Close frame.
        }
        monitor.change(() -> end(LOST));
        leave();
        return false;
    }

    /** Reads a frame; returns whether another one may follow. */
    private boolean readFrame() throws IOException {
        monitor.change(this::expectFrame);
        var first = wire.read();
        var second = wire.read();
        var opcode = first & 0x0f;
        var isLast = (first & FIN) != 0;
        var isLegal = switch (opcode) {
            case CONTINUATION -> messageOpcode != 0;
            case TEXT, BINARY -> messageOpcode == 0;
            case CLOSE, PING, PONG -> isLast && (second & LENGTH) <= 125;
            default -> false;
        };
        var length = readLength(second & LENGTH);
        if (!isLegal || (first & RESERVED) != 0 || (second & MASKED) == 0 || length < 0) {
            throw new Refusal(1002, "the frame is not legal");
        }
        if (message.size() + length > wire.limit(Limit.MESSAGE_BYTES)) {
            throw new Refusal(1009, "the message is too large");
        }
        if (opcode >= CLOSE) {
            var payload = new ByteArrayOutputStream();
            readPayload(length, payload);
            return control(opcode, ByteBuffer.wrap(payload.toByteArray()));
        }
        messageOpcode = opcode == CONTINUATION ? messageOpcode : opcode;
        readPayload(length, message);
        if (isLast) {
            var bytes = ByteBuffer.wrap(message.toByteArray());
            deliver(messageOpcode == TEXT ? WebSocketReceive.text(text(bytes)) : WebSocketReceive.bytes(bytes));
            message.reset();
            messageOpcode = 0;
        }
        return true;
    }

    /** Reads the rest of the length; returns -1 if the client took more bytes for it than it needs. */
    private long readLength(int code) throws IOException {
        var bytes = code == 127 ? 8 : code == 126 ? 2 : 0;
        var length = bytes == 0 ? code : 0L;
        for (var i = 0; i < bytes; i++) {
            length = length << 8 | wire.read();
        }
        return length < (bytes == 8 ? 0x1_0000 : bytes == 2 ? 126 : 0) ? -1 : length;
    }

    private void readPayload(long length, ByteArrayOutputStream target) throws IOException {
        int[] mask = {wire.read(), wire.read(), wire.read(), wire.read()};
        for (var position = 0; position < length; ) {
            for (var masked : wire.take(length - position)) {
                target.write(masked ^ mask[position++ % mask.length]);
            }
            monitor.change(this::expectFrame);
        }
    }

    private static String text(ByteBuffer bytes) throws Refusal {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw new Refusal(1007, "the text is not UTF-8");
        }
    }

    private void deliver(WebSocketReceive received) {
        monitor.awaitUninterruptibly(() -> hasRoomForMessage() || ending != null);
        monitor.change(() -> {
            if (ending == null) {
                inbox.add(received);
                unread += size(received);
            }
        });
    }

    private boolean control(int opcode, ByteBuffer payload) throws Refusal {
        if (opcode == PING) {
            // a client that does not read the answers is not read either
            monitor.awaitUninterruptibly(() -> wire.hasRoom() || wire.isGone());
            monitor.change(() -> send(PONG, payload));
        }
        if (opcode != CLOSE) {
            return true;
        }
        if (payload.hasRemaining()) {
            var code = payload.remaining() == 1 ? 0 : payload.getShort() & 0xffff;
            if (!isLegal(code)) {
                throw new Refusal(1002, "the code of the Close frame is not legal");
            }
            var reason = text(payload);
            monitor.change(() -> close(code, reason));
        } else {
            monitor.change(() -> {
                send(CLOSE, payload);
                end(new WebSocketDisconnect(1005, ""));
            });
        }
        return false;
    }

    private static boolean isLegal(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    // the rest is under the monitor

    private boolean hasRoomForMessage() {
        return inbox.size() < wire.limit(Limit.MESSAGES) && unread < wire.limit(Limit.MESSAGE_BYTES);
    }

    private static int size(WebSocketReceive message) {
        var bytes = message.bytes();
        return bytes == null ? Objects.requireNonNull(message.text()).length() : bytes.remaining();
    }

    private void expectFrame() {
        if (ending == null) {
            wire.within(Limit.PING_MILLIS, () -> monitor.change(this::ping));
        }
    }

    private void ping() {
        if (stage == Stage.OPEN && ending == null && hasRoomForMessage()) {
            send(PING, ByteBuffer.allocate(0));
            wire.within(Limit.PONG_MILLIS, () -> monitor.change(() -> close(1011, "no answer to a ping")));
        }
    }

    private void shutDown() {
        if (stage == Stage.OPEN) {
            close(1012, "");
        }
    }

    @Override
    @Nullable
    InboundEvent next() {
        if (!connectTold) {
            connectTold = true;
            return new WebSocketConnect();
        }
        var message = inbox.poll();
        if (message == null) {
            return ending;
        }
        unread -= size(message);
        return message;
    }

    @Override
    boolean isGone() {
        return hasLeft() || (ending != null && stage != Stage.CLOSED);
    }

    @Override
    void take(OutboundEvent event) {
        switch (event) {
            case WebSocketAccept accept when stage == Stage.CONNECTING -> accept(accept);
            case WebSocketSend message when stage == Stage.OPEN -> send(message);
            case WebSocketClose close when stage != Stage.CLOSED -> close(close);
            default -> throw illegal(event);
        }
    }

    private void close(WebSocketClose close) {
        if (stage == Stage.OPEN) {
            close(close.code(), close.reason());
            closed();
        } else {
            deny(new Refusal(403, "Forbidden"));
        }
    }

    private void accept(WebSocketAccept accept) {
        var subprotocol = accept.subprotocol();
        if (subprotocol != null && !subprotocols.contains(subprotocol)) {
            throw new IllegalEventException("with a subprotocol that the client did not offer", accept);
        }
        var fields = Headers.builder()
                .add("upgrade", "websocket")
                .add("connection", "upgrade")
                .add("sec-websocket-accept", digest());
        if (subprotocol != null) {
            fields.add("sec-websocket-protocol", subprotocol);
        }
        for (var field : accept.headers()) {
            if (!OWN_FIELDS.contains(field.name())) {
                fields.add(field);
            }
        }
        wire.writeHead(101, "Switching Protocols", fields.build());
        accepted = true;
        stage = Stage.OPEN;
        expectFrame();
        if (draining().isSet()) {
            shutDown();
        }
    }

    private String digest() {
        try {
            var key = head.headers().first("sec-websocket-key") + GUID;
            var digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-1", impossible);
        }
    }

    private void send(WebSocketSend message) {
        var text = message.text();
        if (text != null) {
            send(TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } else {
            send(BINARY, Objects.requireNonNull(message.bytes()));
        }
    }

    /** Sends a frame, unless the end has begun. */
    private void send(int opcode, ByteBuffer payload) {
        var length = payload.remaining();
        var header = ByteBuffer.allocate(10).put((byte) (FIN | opcode));
        if (length < 126) {
            header.put((byte) length);
        } else if (length <= 0xffff) {
            header.put((byte) 126).putShort((short) length);
        } else {
            header.put((byte) 127).putLong(length);
        }
        if (ending == null) {
            wire.write(header.flip());
            wire.write(payload);
        }
    }

    /** Sends a Close frame and begins the end, unless it has begun. */
    private void close(int code, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        send(
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .flip());
        end(new WebSocketDisconnect(code, reason));
    }

    private void end(WebSocketDisconnect disconnect) {
        if (ending == null) {
            ending = disconnect;
            disconnected().set();
            wire.within(Limit.CLOSE_MILLIS, wire::stopReading);
        }
    }

    private void deny(Refusal refusal) {
        end(LOST);
        wire.refuse(refusal);
        closed();
    }

    private void closed() {
        stage = Stage.CLOSED;
        inbox.clear();
    }

    @Override
    boolean end(@Nullable Throwable failure) {
        var tooEarly = stage == Stage.CONNECTING && !hasLeft();
        if (stage == Stage.CONNECTING) {
            deny(new Refusal(500, "Internal Server Error"));
        } else if (stage == Stage.OPEN) {
            close(failure == null ? 1000 : 1011, "");
            closed();
        }
        return tooEarly;
    }
}
