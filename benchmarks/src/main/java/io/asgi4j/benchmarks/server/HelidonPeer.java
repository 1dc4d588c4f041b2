package io.asgi4j.benchmarks.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Helidon SE, which runs each connection on a virtual thread. */
public final class HelidonPeer {
    private static final Header SERVER = HeaderValues.createCached(HeaderNames.SERVER, "helidon");
    private static final Header TEXT = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Answers.TEXT);
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Answers.JSON);
    private static final Header BINARY = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Answers.BINARY);
    private static final byte[] HELLO = Answers.hello();
    private static final Header HELLO_LENGTH =
            HeaderValues.createCached(HeaderNames.CONTENT_LENGTH, Integer.toString(HELLO.length));
    private static final byte[] CHUNK = Answers.chunk();

    private static final int PART_LIMIT = 16 * 1024;

    private final Path file;

    private HelidonPeer(Path file) {
        this.file = file;
    }

    public static void main(String[] arguments) {
        var parsed = Arguments.of(arguments);
        var peer = new HelidonPeer(parsed.file());
        WebServer.builder()
                .host(Arguments.HOST)
                .port(parsed.port())
                .backlog(2048)
                .addProtocol(
                        WsConfig.builder().maxFrameLength(Answers.MAX_MESSAGE).build())
                .routing(peer::routing)
                .addRouting(WsRouting.builder().endpoint("/ws", new Echo()).endpoint("/broadcast", new Room()))
                .build()
                .start();
    }

    private void routing(HttpRules rules) {
        rules.get("/hello", (request, response) -> hello(response))
                .get("/json", HelidonPeer::json)
                .post("/echo", HelidonPeer::echo)
                .get("/stream", (request, response) -> stream(response))
                .get("/file", (request, response) -> file(response))
                .get("/block", (request, response) -> {
                    Thread.sleep(Answers.BLOCK);
                    hello(response);
                });
    }

    private static void hello(ServerResponse response) {
        response.header(SERVER).header(TEXT).header(HELLO_LENGTH).send(HELLO);
    }

    private static void json(ServerRequest request, ServerResponse response) {
        var language = request.headers().value(HeaderNames.ACCEPT_LANGUAGE).orElse("");
        response.header(SERVER).header(JSON).send(Answers.json(language).getBytes(StandardCharsets.UTF_8));
    }

    private static void echo(ServerRequest request, ServerResponse response) throws IOException {
        response.header(SERVER).header(BINARY);
        request.headers().contentLength().ifPresent(response::contentLength);
        try (var in = request.content().inputStream();
                var out = response.outputStream()) {
            var part = new byte[PART_LIMIT];
            for (var count = in.read(part); count >= 0; count = in.read(part)) {
                out.write(part, 0, count);
                out.flush();
            }
        }
    }

    private static void stream(ServerResponse response) throws IOException {
        response.header(SERVER).header(TEXT);
        try (var out = response.outputStream()) {
            for (var i = 0; i < Answers.CHUNKS; i++) {
                out.write(CHUNK);
                out.flush();
            }
        }
    }

    private void file(ServerResponse response) throws IOException {
        response.header(SERVER).header(BINARY).contentLength(Files.size(file));
        try (var out = response.outputStream()) {
            Files.copy(file, out);
        }
    }

    private static final class Echo implements WsListener {
        @Override
        public void onMessage(WsSession session, String text, boolean last) {
            session.send(text, last);
        }

        @Override
        public void onMessage(WsSession session, BufferData bytes, boolean last) {
            session.send(bytes, last);
        }

        @Override
        public void onPing(WsSession session, BufferData bytes) {
            session.pong(bytes);
        }
    }

    private static final class Room implements WsListener {
        private final Set<WsSession> members = ConcurrentHashMap.newKeySet();

        @Override
        public void onOpen(WsSession session) {
            members.add(session);
        }

        @Override
        public void onMessage(WsSession session, String text, boolean last) {
            members.forEach(member -> member.send(text, last));
        }

        @Override
        public void onMessage(WsSession session, BufferData bytes, boolean last) {
            var copy = bytes.readBytes();
            members.forEach(member -> member.send(BufferData.create(copy), last));
        }

        @Override
        public void onPing(WsSession session, BufferData bytes) {
            session.pong(bytes);
        }

        @Override
        public void onClose(WsSession session, int status, String reason) {
            members.remove(session);
        }

        @Override
        public void onError(WsSession session, Throwable problem) {
            members.remove(session);
        }
    }
}
