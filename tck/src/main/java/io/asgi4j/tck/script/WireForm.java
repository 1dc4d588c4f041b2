package io.asgi4j.tck.script;

import io.asgi4j.spec.Address;
import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.ExtensionInboundEvent;
import io.asgi4j.spec.ExtensionScope;
import io.asgi4j.spec.Extensions;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdown;
import io.asgi4j.spec.LifespanStartup;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.TcpAddress;
import io.asgi4j.spec.UnixAddress;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import io.asgi4j.spec.extension.Tls;
import io.asgi4j.tck.script.Value.Dict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scopes and events of a server in ASGI's wire form, every key being there. */
public final class WireForm {
    private WireForm() {}

    /** {@return an event that {@code receive} returned} */
    public static Dict of(InboundEvent event) {
        var dict = Dict.empty().with("type", event.type());
        return switch (event) {
            case HttpRequest request -> dict.with("body", bytes(request.body())).with("more_body", request.moreBody());
            case HttpDisconnect disconnect -> dict;
            case WebSocketConnect connect -> dict;
            case WebSocketReceive message ->
                dict.with("bytes", message.bytes() == null ? Value.NULL : bytes(message.bytes()))
                        .with("text", nullable(message.text()));
            case WebSocketDisconnect disconnect ->
                dict.with("code", disconnect.code()).with("reason", disconnect.reason());
            case LifespanStartup startup -> dict;
            case LifespanShutdown shutdown -> dict;
            case HttpRequestTrailers trailers -> dict.with("headers", headers(trailers.headers()));
            case ExtensionInboundEvent other -> dict.with("event", new Value.Opaque(other.toString()));
        };
    }

    /** {@return a scope; the signals of its connection have no wire form} */
    public static Dict of(Scope scope) {
        var dict = Dict.empty().with("type", scope.type()).with("asgi", version(scope.asgi()));
        var described = switch (scope) {
            case HttpScope http ->
                dict.with("http_version", http.httpVersion())
                        .with("method", http.method())
                        .with("scheme", http.scheme())
                        .with("path", http.path())
                        .with("raw_path", Value.latin1(http.rawPath()))
                        .with("query_string", Value.latin1(http.queryString()))
                        .with("root_path", http.rootPath())
                        .with("headers", headers(http.headers()))
                        .with("client", address(http.client()))
                        .with("server", address(http.server()));
            case WebSocketScope socket ->
                dict.with("http_version", socket.httpVersion())
                        .with("scheme", socket.scheme())
                        .with("path", socket.path())
                        .with("raw_path", Value.latin1(socket.rawPath()))
                        .with("query_string", Value.latin1(socket.queryString()))
                        .with("root_path", socket.rootPath())
                        .with("headers", headers(socket.headers()))
                        .with("client", address(socket.client()))
                        .with("server", address(socket.server()))
                        .with("subprotocols", texts(socket.subprotocols()));
            case LifespanScope lifespan -> dict;
            case ExtensionScope other -> dict.with("scope", new Value.Opaque(other.toString()));
        };
        return described
                .with("state", StateValues.toValue(scope.state().asMap()))
                .with("extensions", extensions(scope.extensions()));
    }

    private static Value version(AsgiVersion version) {
        return Dict.empty().with("version", version.version()).with("spec_version", version.specVersion());
    }

    private static Value headers(Headers headers) {
        var pairs = new ArrayList<Value>();
        for (var field : headers) {
            pairs.add(Value.list(Value.latin1(field.name()), Value.latin1(field.value())));
        }
        return Value.list(pairs);
    }

    private static Value address(@Nullable Address address) {
        return switch (address) {
            case null -> Value.NULL;
            case TcpAddress tcp -> Value.list(Value.of(tcp.host()), Value.of(tcp.port()));
            case UnixAddress unix -> Value.list(Value.of(unix.path()), Value.NULL);
        };
    }

    private static Value extensions(Extensions extensions) {
        var entries = new LinkedHashMap<String, Value>();
        extensions.names().forEach(name -> entries.put(name, Dict.empty()));
        extensions.get(Tls.class).ifPresent(tls -> entries.put(tls.name(), tls(tls)));
        return new Dict(entries);
    }

    private static Value tls(Tls tls) {
        return Dict.empty()
                .with("server_cert", nullable(tls.serverCert()))
                .with("client_cert_chain", texts(tls.clientCertChain()))
                .with("client_cert_name", nullable(tls.clientCertName()))
                .with("client_cert_error", nullable(tls.clientCertError()))
                .with("tls_version", nullable(tls.tlsVersion()))
                .with("cipher_suite", nullable(tls.cipherSuite()));
    }

    private static Value texts(List<String> texts) {
        return Value.list(texts.stream().map(Value::of).toList());
    }

    private static Value nullable(@Nullable String text) {
        return text == null ? Value.NULL : Value.of(text);
    }

    private static Value nullable(@Nullable Integer number) {
        return number == null ? Value.NULL : Value.of(number);
    }

    private static Value bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return Value.of(bytes);
    }
}
