package io.asgi4j.spec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its response.
 *
 * <p>Lasts until the response is complete or the client is gone, even where the connection serves further requests. The
 * application receives {@link HttpRequest} and {@link HttpDisconnect}, and sends {@link HttpResponseStart} and
 * {@link HttpResponseBody}.
 *
 * <p>Middleware makes a changed copy with {@link #toBuilder()}, which shares the state with this scope. One that mounts
 * an application lengthens {@code rootPath} and leaves {@code path} as it is.
 *
 * <p>Rules: {@code http.scope.version}, {@code http.scope.method}, {@code http.scope.scheme}, {@code http.scope.path},
 * {@code http.scope.raw-path}, {@code http.scope.query-string}, {@code http.scope.root-path},
 * {@code http.scope.path-includes-root-path}, {@code http.scope.asterisk-form}, {@code http.scope.headers},
 * {@code http.scope.client}, {@code http.scope.server}, {@code http.scope.multiplexed}.
 *
 * @param asgi the versions of the protocol
 * @param httpVersion the version of HTTP: {@code "1.0"}, {@code "1.1"}, {@code "2"} or {@code "3"}
 * @param method the method, a token in upper case
 * @param scheme {@code "http"} or {@code "https"}; never empty
 * @param path the request target without query, percent-decoded and then decoded as UTF-8; it includes
 *     {@code rootPath}; begins with a slash, but for the {@code "*"} of OPTIONS
 * @param rawPath the path as it came, without query; ISO-8859-1 text, one character per byte
 * @param queryString what follows the {@code ?} in the request target, still percent-encoded, perhaps empty; ISO-8859-1
 *     text
 * @param rootPath where the application is mounted, decoded like {@code path}, without a slash at its end; empty for
 *     the root
 * @param headers the headers of the request, in the order in which they came
 * @param client the address of the client, or {@code null} if it is not known
 * @param server the address at which the server was reached, or {@code null} if it is not known
 * @param state the application's data: a shallow copy of the lifespan scope's
 * @param extensions what the server offers beyond the protocol's core
 * @param connection what may be known about the connection without receiving
 */
public record HttpScope(
        AsgiVersion asgi,
        String httpVersion,
        String method,
        String scheme,
        String path,
        String rawPath,
        String queryString,
        String rootPath,
        Headers headers,
        @Nullable Address client,
        @Nullable Address server,
        State state,
        Extensions extensions,
        Connection connection)
        implements Scope {

    /**
     * Checks that everything is there and is in the form described.
     *
     * @throws IllegalArgumentException if a component is not in its form
     */
    public HttpScope {
        Objects.requireNonNull(asgi, "asgi");
        Require.notEmpty(httpVersion, "httpVersion");
        Require.token(method, "method");
        Require.notEmpty(scheme, "scheme");
        Require.path(path);
        Require.latin1(rawPath, "rawPath");
        Require.latin1(queryString, "queryString");
        Require.rootPath(rootPath);
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(extensions, "extensions");
        Objects.requireNonNull(connection, "connection");
    }

    /**
     * Returns a builder in which everything has its default.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder in which everything is as in this scope, the state being the same object.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        var builder = new Builder();
        builder.asgi = asgi;
        builder.httpVersion = httpVersion;
        builder.method = method;
        builder.scheme = scheme;
        builder.path = path;
        builder.rawPath = rawPath;
        builder.queryString = queryString;
        builder.rootPath = rootPath;
        builder.headers = headers;
        builder.client = client;
        builder.server = server;
        builder.state = state;
        builder.extensions = extensions;
        builder.connection = connection;
        return builder;
    }

    @Override
    public String type() {
        return "http";
    }

    /**
     * Returns everything but the connection; long texts are cut, control characters are escaped.
     *
     * @return a text for people
     */
    @Override
    public String toString() {
        return "HttpScope[asgi=" + asgi
                + ", httpVersion=" + httpVersion
                + ", method=" + method
                + ", scheme=" + scheme
                + ", path=" + Syntax.preview(path)
                + ", rawPath=" + Syntax.preview(rawPath)
                + ", queryString=" + Syntax.preview(queryString)
                + ", rootPath=" + Syntax.preview(rootPath)
                + ", headers=" + headers
                + ", client=" + client
                + ", server=" + server
                + ", state=" + state
                + ", extensions=" + extensions + "]";
    }

    /** Puts a scope together; not thread-safe. */
    public static final class Builder {
        private AsgiVersion asgi = AsgiVersion.HTTP;
        private String httpVersion = "1.1";
        private String method = "GET";
        private String scheme = "http";
        private String path = "/";
        private @Nullable String rawPath;
        private String queryString = "";
        private String rootPath = "";
        private Headers headers = Headers.empty();
        private @Nullable Address client;
        private @Nullable Address server;
        private @Nullable State state;
        private Extensions extensions = Extensions.none();
        private Connection connection = Connection.detached();

        private Builder() {}

        /**
         * Sets the versions of the protocol.
         *
         * @param asgi the versions of the protocol; {@link AsgiVersion#HTTP} unless set
         * @return this builder
         */
        public Builder asgi(AsgiVersion asgi) {
            this.asgi = asgi;
            return this;
        }

        /**
         * Sets the version of HTTP.
         *
         * @param httpVersion the version of HTTP; {@code "1.1"} unless set
         * @return this builder
         */
        public Builder httpVersion(String httpVersion) {
            this.httpVersion = httpVersion;
            return this;
        }

        /**
         * Sets the method.
         *
         * @param method the method; {@code "GET"} unless set
         * @return this builder
         */
        public Builder method(String method) {
            this.method = method;
            return this;
        }

        /**
         * Sets the scheme.
         *
         * @param scheme the scheme; {@code "http"} unless set
         * @return this builder
         */
        public Builder scheme(String scheme) {
            this.scheme = scheme;
            return this;
        }

        /**
         * Sets the decoded path.
         *
         * @param path the decoded path; {@code "/"} unless set
         * @return this builder
         */
        public Builder path(String path) {
            this.path = path;
            return this;
        }

        /**
         * Sets the path as it came.
         *
         * @param rawPath the path as it came; the percent-encoded {@code path} unless set
         * @return this builder
         */
        public Builder rawPath(String rawPath) {
            this.rawPath = rawPath;
            return this;
        }

        /**
         * Sets what follows the {@code ?}.
         *
         * @param queryString what follows the {@code ?}; empty unless set
         * @return this builder
         */
        public Builder queryString(String queryString) {
            this.queryString = queryString;
            return this;
        }

        /**
         * Sets where the application is mounted.
         *
         * @param rootPath where the application is mounted; empty unless set
         * @return this builder
         */
        public Builder rootPath(String rootPath) {
            this.rootPath = rootPath;
            return this;
        }

        /**
         * Sets the headers.
         *
         * @param headers the headers; none unless set
         * @return this builder
         */
        public Builder headers(Headers headers) {
            this.headers = headers;
            return this;
        }

        /**
         * Sets the address of the client.
         *
         * @param client the address of the client, or {@code null}, which it is unless set
         * @return this builder
         */
        public Builder client(@Nullable Address client) {
            this.client = client;
            return this;
        }

        /**
         * Sets the address of the server.
         *
         * @param server the address of the server, or {@code null}, which it is unless set
         * @return this builder
         */
        public Builder server(@Nullable Address server) {
            this.server = server;
            return this;
        }

        /**
         * Sets the application's data.
         *
         * @param state the application's data; a new, empty state unless set
         * @return this builder
         */
        public Builder state(State state) {
            this.state = state;
            return this;
        }

        /**
         * Sets what the server offers.
         *
         * @param extensions what the server offers; nothing unless set
         * @return this builder
         */
        public Builder extensions(Extensions extensions) {
            this.extensions = extensions;
            return this;
        }

        /**
         * Sets the connection.
         *
         * @param connection the connection; {@link Connection#detached()} unless set
         * @return this builder
         */
        public Builder connection(Connection connection) {
            this.connection = connection;
            return this;
        }

        /**
         * Returns the scope.
         *
         * @return a scope that later calls of this builder do not change
         * @throws IllegalArgumentException if something is not in its form
         */
        public HttpScope build() {
            return new HttpScope(
                    asgi,
                    httpVersion,
                    method,
                    scheme,
                    path,
                    rawPath == null ? Syntax.percentEncode(path) : rawPath,
                    queryString,
                    rootPath,
                    headers,
                    client,
                    server,
                    state == null ? new State() : state,
                    extensions,
                    connection);
        }
    }
}
