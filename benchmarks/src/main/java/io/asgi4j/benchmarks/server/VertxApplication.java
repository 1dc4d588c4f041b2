package io.asgi4j.benchmarks.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketBase;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What is the same for Vert.x on its event loops and on virtual threads. Owned by its context. */
abstract class VertxApplication extends VerticleBase {
    private static final CharSequence SERVER = HttpHeaders.createOptimized("vert.x");
    private static final CharSequence TEXT = HttpHeaders.createOptimized(Answers.TEXT);
    private static final CharSequence JSON = HttpHeaders.createOptimized(Answers.JSON);
    private static final CharSequence BINARY = HttpHeaders.createOptimized(Answers.BINARY);
    private static final Buffer HELLO = Buffer.buffer(Answers.hello());
    private static final CharSequence HELLO_LENGTH = HttpHeaders.createOptimized(Integer.toString(HELLO.length()));
    private static final long SECOND = 1000;

    private final Arguments arguments;
    private final Set<ServerWebSocket> members = ConcurrentHashMap.newKeySet();
    private CharSequence date = now();

    VertxApplication(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Serves with one instance for each event loop. */
    static void serve(Arguments arguments, ThreadingModel threads, Supplier<VertxApplication> application) {
        var vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(arguments.loops())
                .setPreferNativeTransport(true)
                .setDisableTCCL(true));
        if (!vertx.isNativeTransportEnabled()) {
            throw new IllegalStateException("no epoll", vertx.unavailableNativeTransportCause());
        }
        vertx.deployVerticle(
                        application,
                        new DeploymentOptions().setThreadingModel(threads).setInstances(arguments.loops()))
                .await();
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(SECOND, second -> date = now());
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHttp2ClearTextEnabled(false)
                        .setHandle100ContinueAutomatically(true)
                        .setMaxWebSocketFrameSize(Answers.MAX_MESSAGE)
                        .setMaxWebSocketMessageSize(Answers.MAX_MESSAGE))
                .requestHandler(this::answer)
                .webSocketHandler(this::talk)
                .listen(arguments.port(), Arguments.HOST);
    }

    /** Sends the chunks one by one. */
    abstract void stream(HttpServerResponse response);

    /** Answers as for {@code /hello} after a wait. */
    abstract void block(HttpServerResponse response);

    void hello(HttpServerResponse response) {
        fields(response, TEXT).add(HttpHeaders.CONTENT_LENGTH, HELLO_LENGTH);
        response.end(HELLO);
    }

    private void answer(HttpServerRequest request) {
        var response = request.response();
        switch (request.uri()) {
            case "/hello" -> hello(response);
            case "/json" -> json(request, response);
            case "/echo" -> echo(request, response);
            case "/stream" -> {
                fields(response, TEXT);
                stream(response.setChunked(true));
            }
            case "/file" -> {
                fields(response, BINARY);
                response.sendFile(arguments.file().toString());
            }
            case "/block" -> block(response);
            default -> response.setStatusCode(404).end();
        }
    }

    private void json(HttpServerRequest request, HttpServerResponse response) {
        var language = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        var body = Buffer.buffer(Answers.json(language == null ? "" : language));
        fields(response, JSON).add(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        response.end(body);
    }

    private void echo(HttpServerRequest request, HttpServerResponse response) {
        var fields = fields(response, BINARY);
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            response.setChunked(true);
        } else {
            fields.add(HttpHeaders.CONTENT_LENGTH, length);
        }
        request.pipeTo(response);
    }

    private void talk(ServerWebSocket socket) {
        switch (socket.path()) {
            case "/ws" -> {
                socket.textMessageHandler(text -> {
                    socket.writeTextMessage(text);
                    pauseIfFull(socket);
                });
                socket.binaryMessageHandler(bytes -> {
                    socket.writeBinaryMessage(bytes);
                    pauseIfFull(socket);
                });
            }
            case "/broadcast" -> {
                members.add(socket);
                socket.closeHandler(closed -> members.remove(socket));
                socket.textMessageHandler(text -> members.forEach(member -> member.writeTextMessage(text)));
                socket.binaryMessageHandler(bytes -> members.forEach(member -> member.writeBinaryMessage(bytes)));
            }
            default -> socket.close();
        }
    }

    private static void pauseIfFull(WebSocketBase socket) {
        if (socket.writeQueueFull()) {
            socket.pause();
            socket.drainHandler(drained -> socket.resume());
        }
    }

    private MultiMap fields(HttpServerResponse response, CharSequence type) {
        return response.headers()
                .add(HttpHeaders.CONTENT_TYPE, type)
                .add(HttpHeaders.SERVER, SERVER)
                .add(HttpHeaders.DATE, date);
    }

    private static CharSequence now() {
        return HttpHeaders.createOptimized(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }
}
