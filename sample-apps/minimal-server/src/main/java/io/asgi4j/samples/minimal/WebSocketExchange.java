package io.asgi4j.samples.minimal;

import io.asgi4j.spec.*;
import java.io.*;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.*;
import java.util.concurrent.*;
import java.util.regex.Pattern;

/** One WebSocket: the tables of SPEC.md, "WebSocket: which event is legal when" and "WebSocket: closing"; RFC 6455. */
final class WebSocketExchange extends Exchange {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");
    private static final String OWN_FIELDS =
            "connection upgrade sec-websocket-accept sec-websocket-extensions content-length transfer-encoding";

    private static final int CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10;
    private static final int FIN = 0x80, RESERVED = 0x70, OPCODE = 0x0f, MASKED = 0x80, LENGTH = 0x7f;
    private static final int NO_CODE = 1005, LOST = 1006;

    private final List<String> subprotocols;

    /** The fragments of a message that are there, and the opcode of the first one, or 0. */
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    private int messageOpcode;

    /** Checks the handshake (RFC 6455, 4.2.1). */
    WebSocketExchange(HttpConnection connection, HttpScope head) throws Refusal {
        super(connection, head, Stage.OPEN, new WebSocketDisconnect(LOST, ""));
        var keys = head.headers().all("sec-websocket-key");
        var isVersion13 = head.headers().all("sec-websocket-version").equals(List.of("13"));
        Refusal.unless(isVersion13, 426, "another version", "sec-websocket-version", "13", "upgrade", "websocket");
        Refusal.unless(keys.size() == 1 && KEY.matcher(keys.getFirst()).matches(), 400, "there must be one key");
        Refusal.unless(head.method().equals("GET") && RequestHead.bodyLength(head) == 0, 400, "it must be a GET");
        subprotocols = RequestHead.elements(head.headers(), "sec-websocket-protocol");
        inbox.add(new WebSocketConnect());
    }

    @Override
    Scope scope() {
        return WebSocketScope.builder()
                .scheme("ws")
                .path(head.path())
                .rawPath(head.rawPath())
                .queryString(head.queryString())
                .headers(head.headers())
                .client(head.client())
                .server(head.server())
                .subprotocols(subprotocols)
                .state(server.lifespan.state.copy())
                .connection(this)
                .build();
    }

    // the thread of the connection

    @Override
    void read() throws InterruptedException {
        try {
            if (connection.awaitInput()) { // so it is noticed when the client leaves
                mayReadOn.await();
                while (readFrame()) {}
            }
        } catch (Refusal breach) {
            close(breach.code, String.valueOf(breach.getMessage()), Stage.GONE);
        } catch (IOException | ExecutionException lost) {
            // What is lost has no Close frame.
        }
        connection.finish();
        end(Stage.GONE);
    }

    /** Reads a frame; returns whether another one may follow. */
    private boolean readFrame() throws IOException, ExecutionException, InterruptedException {
        var first = connection.in.readUnsignedByte();
        var second = connection.in.readUnsignedByte();
        var opcode = first & OPCODE;
        var isLast = (first & FIN) != 0;
        var code = second & LENGTH;
        var length = code == 127 ? connection.in.readLong() : code == 126 ? connection.in.readUnsignedShort() : code;
        var isShortest = length > (code == 127 ? 0xffff : code == 126 ? 125 : -1);
        var isLegal = switch (opcode) {
            case CONTINUATION -> messageOpcode != 0;
            case TEXT, BINARY -> messageOpcode == 0;
            case CLOSE, PING, PONG -> isLast && length <= 125;
            default -> false;
        };
        var isPlain = (first & RESERVED) == 0 && (second & MASKED) != 0 && isShortest;
        Refusal.unless(isLegal && isPlain, 1002, "the frame is not legal");
        Refusal.unless(length <= server.limit(Limit.MESSAGE_BYTES) - message.size(), 1009, "the message is too large");
        var payload = readPayload((int) length);
        switch (opcode) {
            case CLOSE -> closed(ByteBuffer.wrap(payload));
            case PING -> {
                write(PONG, ByteBuffer.wrap(payload));
                connection.written().get(); // who does not read it is not read either
            }
            case PONG -> {}
            default -> {
                messageOpcode = Math.max(opcode, messageOpcode);
                message.writeBytes(payload);
                if (isLast) {
                    deliver(ByteBuffer.wrap(message.toByteArray()));
                }
            }
        }
        return opcode != CLOSE;
    }

    private byte[] readPayload(int length) throws IOException {
        var mask = connection.in.readInt();
        var payload = connection.in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("the client has left");
        }
        for (var i = 0; i < length; i++) {
            mask = Integer.rotateLeft(mask, 8);
            payload[i] ^= (byte) mask;
        }
        return payload;
    }

    private void deliver(ByteBuffer bytes) throws Refusal, InterruptedException {
        inbox.put(messageOpcode == TEXT ? WebSocketReceive.text(text(bytes)) : WebSocketReceive.bytes(bytes));
        message.reset();
        messageOpcode = 0;
    }

    private static String text(ByteBuffer bytes) throws Refusal {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw new Refusal(1007, "the text is not UTF-8");
        }
    }

    private void closed(ByteBuffer payload) throws Refusal {
        try {
            if (payload.hasRemaining()) {
                var close = new WebSocketClose(payload.getShort() & 0xffff, text(payload));
                close(close.code(), close.reason(), Stage.GONE);
            } else {
                close(NO_CODE, "", Stage.GONE);
            }
        } catch (BufferUnderflowException | IllegalArgumentException illegal) { // spec-api knows which codes are legal
            throw new Refusal(1002, "the code of the Close frame is not legal");
        }
    }

    // send

    @Override
    void take(OutboundEvent event) {
        switch (event) {
            case WebSocketAccept accept when stage == Stage.WAITING -> accept(accept);
            case WebSocketSend message when stage == Stage.OPEN -> send(message);
            case WebSocketClose close when stage == Stage.WAITING -> refuse(403, "the application does not want it");
            case WebSocketClose close when stage == Stage.OPEN -> close(close.code(), close.reason(), Stage.OVER);
            default -> throw illegal(event);
        }
    }

    private void accept(WebSocketAccept accept) {
        var subprotocol = accept.subprotocol();
        if (subprotocol != null && !subprotocols.contains(subprotocol)) {
            throw new IllegalEventException("with a subprotocol that the client did not offer", accept);
        }
        var handshake = Headers.of("upgrade", "websocket", "connection", "upgrade", "sec-websocket-accept", digest());
        var own = subprotocol == null ? handshake : handshake.with("sec-websocket-protocol", subprotocol);
        connection.writeHead(101, own, accept.headers(), Set.of(OWN_FIELDS.split(" ")));
        stage = Stage.OPEN;
        mayReadOn.set();
        draining().onSet(() -> close(1012, "", Stage.GONE));
    }

    private String digest() {
        try {
            var key = head.headers().first("sec-websocket-key") + GUID;
            var digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has SHA-1", impossible);
        }
    }

    private void send(WebSocketSend message) {
        var text = message.text();
        var bytes = text == null ? message.bytes() : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        write(text == null ? BINARY : TEXT, Objects.requireNonNull(bytes));
    }

    /** Writes a frame, unless the end has begun. */
    private synchronized void write(int opcode, ByteBuffer payload) {
        var length = payload.remaining();
        var header = ByteBuffer.allocate(10).put((byte) (FIN | opcode));
        if (length < 126) {
            header.put((byte) length);
        } else if (length <= 0xffff) {
            header.put((byte) 126).putShort((short) length);
        } else {
            header.put((byte) 127).putLong(length);
        }
        if (!isOver()) {
            connection.write(header.flip(), payload);
        }
    }

    /** Begins the end, or answers the client that did, unless that has happened before. */
    private synchronized void close(int code, String reason, Stage last) {
        var payload = ByteBuffer.allocate(125);
        if (code != NO_CODE) {
            payload.putShort((short) code).put(reason.getBytes(StandardCharsets.UTF_8));
        }
        write(CLOSE, payload.flip());
        if (!isOver()) {
            disconnected().set();
            inbox.end(new WebSocketDisconnect(code, reason), false);
            connection.within(Limit.CLIENT_MILLIS);
            end(last);
        }
    }

    @Override
    void cut(boolean hasFailed) {
        close(hasFailed ? 1011 : 1000, "", Stage.OVER);
    }
}
