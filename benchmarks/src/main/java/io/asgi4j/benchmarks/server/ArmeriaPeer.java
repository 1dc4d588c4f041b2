package io.asgi4j.benchmarks.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.file.HttpFile;
import com.linecorp.armeria.server.websocket.WebSocketService;
import com.linecorp.armeria.server.websocket.WebSocketServiceHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Armeria on its event loops. */
public final class ArmeriaPeer {
    private static final MediaType TEXT = MediaType.parse(Answers.TEXT);
    private static final MediaType JSON = MediaType.parse(Answers.JSON);
    private static final MediaType BINARY = MediaType.parse(Answers.BINARY);
    private static final HttpData HELLO = HttpData.wrap(Answers.hello());
    private static final ResponseHeaders HELLO_HEAD = ResponseHeaders.builder(HttpStatus.OK)
            .contentType(TEXT)
            .contentLength(HELLO.length())
            .build();
    private static final ResponseHeaders STREAM_HEAD =
            ResponseHeaders.builder(HttpStatus.OK).contentType(TEXT).build();
    private static final HttpData[] CHUNKS =
            Collections.nCopies(Answers.CHUNKS, HttpData.wrap(Answers.chunk())).toArray(HttpData[]::new);

    private ArmeriaPeer() {}

    public static void main(String[] arguments) {
        var parsed = Arguments.of(arguments);
        var file = HttpFile.builder(parsed.file())
                .contentType(BINARY)
                .date(false)
                .lastModified(false)
                .entityTag(false)
                .build();
        var members = ConcurrentHashMap.<WebSocketWriter>newKeySet();
        Server.builder()
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), parsed.port()))
                .workerGroup(parsed.loops())
                .requestTimeoutMillis(0)
                .service("/hello", (context, request) -> hello())
                .service("/json", (context, request) -> json(request))
                .service("/echo", (context, request) -> echo(request))
                .service("/stream", (context, request) -> stream())
                .service("/file", file.asService())
                .service(
                        "/block",
                        (context, request) ->
                                HttpResponse.delayed(ArmeriaPeer::hello, Answers.BLOCK, context.eventLoop()))
                .service("/ws", webSocket((context, in) -> echo(in)))
                .service("/broadcast", webSocket((context, in) -> broadcast(in, members)))
                .build()
                .start()
                .join();
    }

    private static HttpResponse hello() {
        return HttpResponse.of(HELLO_HEAD, HELLO);
    }

    private static HttpResponse json(HttpRequest request) {
        var language = request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE, "");
        return HttpResponse.of(HttpStatus.OK, JSON, HttpData.ofUtf8(Answers.json(language)));
    }

    private static HttpResponse echo(HttpRequest request) {
        var head = ResponseHeaders.builder(HttpStatus.OK).contentType(BINARY);
        var length = request.headers().contentLength();
        if (length >= 0) {
            head.contentLength(length);
        }
        return HttpResponse.of(
                head.build(), request.filter(HttpData.class::isInstance).map(HttpData.class::cast));
    }

    /** Each chunk is asked for, and flushed, after the one before it. */
    private static HttpResponse stream() {
        return HttpResponse.of(STREAM_HEAD, StreamMessage.of(CHUNKS));
    }

    private static WebSocketService webSocket(WebSocketServiceHandler handler) {
        return WebSocketService.builder(handler)
                .maxFramePayloadLength(Answers.MAX_MESSAGE)
                .aggregateContinuation(true)
                .allowedOrigins("*")
                .build();
    }

    private static WebSocket echo(WebSocket in) {
        var out = WebSocket.streaming();
        in.subscribe(new Conversation(out, out::write, () -> {}));
        return out;
    }

    private static WebSocket broadcast(WebSocket in, Set<WebSocketWriter> members) {
        var out = WebSocket.streaming();
        members.add(out);
        in.subscribe(new Conversation(
                out, message -> members.removeIf(member -> !member.tryWrite(message)), () -> members.remove(out)));
        return out;
    }

    /** A WebSocket that gives each whole message to a receiver. */
    private static final class Conversation implements Subscriber<WebSocketFrame> {
        private final WebSocketWriter out;
        private final Consumer<WebSocketFrame> receiver;
        private final Runnable end;

        Conversation(WebSocketWriter out, Consumer<WebSocketFrame> receiver, Runnable end) {
            this.out = out;
            this.receiver = receiver;
            this.end = end;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(WebSocketFrame frame) {
            switch (frame.type()) {
                case TEXT, BINARY -> receiver.accept(frame);
                case PING -> out.writePong(frame.array());
                case CLOSE -> out.close();
                case PONG, CONTINUATION -> {
                    // continuations are part of whole messages already
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.run();
            out.close(failure);
        }

        @Override
        public void onComplete() {
            end.run();
            out.close();
        }
    }
}
