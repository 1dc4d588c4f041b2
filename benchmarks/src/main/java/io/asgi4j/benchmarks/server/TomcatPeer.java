package io.asgi4j.benchmarks.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.Constants;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat with servlets on virtual threads. */
public final class TomcatPeer {
    /** The largest WebSocket message: each session has buffers of that size all the time, hence no more than is needed. */
    private static final int MESSAGE_LIMIT = 32 * 1024;

    private static final int PART_LIMIT = 16 * 1024;

    private TomcatPeer() {}

    public static void main(String[] arguments) throws IOException, LifecycleException {
        var parsed = Arguments.of(arguments);
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setConnector(connector(parsed.port()));
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "answers", new AnswerServlet(parsed.file())).addMapping("/");
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer(
                (classes, servlets) ->
                        addWebSockets((ServerContainer) servlets.getAttribute(ServerContainer.class.getName())),
                Set.of());
        tomcat.start();
        tomcat.getServer().await();
    }

    private static Connector connector(int port) {
        var protocol = new Http11NioProtocol();
        protocol.setExecutor(new VirtualThreadExecutor("tomcat-"));
        protocol.setMaxKeepAliveRequests(-1);
        protocol.setMaxConnections(100_000);
        protocol.setAcceptCount(2048);
        protocol.setProcessorCache(-1);
        protocol.setServer("tomcat");
        var connector = new Connector(protocol);
        connector.setPort(port);
        connector.setProperty("address", Arguments.HOST);
        return connector;
    }

    private static void addWebSockets(ServerContainer container) throws ServletException {
        container.setDefaultMaxTextMessageBufferSize(MESSAGE_LIMIT);
        container.setDefaultMaxBinaryMessageBufferSize(MESSAGE_LIMIT);
        try {
            container.addEndpoint(
                    ServerEndpointConfig.Builder.create(Echo.class, "/ws").build());
            container.addEndpoint(ServerEndpointConfig.Builder.create(Member.class, "/broadcast")
                    .build());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    @SuppressWarnings("serial") // nobody serializes it
    private static final class AnswerServlet extends HttpServlet {
        private static final byte[] HELLO = Answers.hello();
        private static final byte[] CHUNK = Answers.chunk();

        private final Path file;

        AnswerServlet(Path file) {
            this.file = file;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getRequestURI()) {
                case "/hello" -> hello(response);
                case "/json" -> json(request, response);
                case "/stream" -> stream(response);
                case "/file" -> file(request, response);
                case "/block" -> block(response);
                default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType(Answers.BINARY);
            var length = request.getContentLengthLong();
            if (length >= 0) {
                response.setContentLengthLong(length);
            }
            var in = request.getInputStream();
            var out = response.getOutputStream();
            var part = new byte[PART_LIMIT];
            // not until -1: the response is complete with its last byte, and then nothing more may be read
            while (!in.isFinished()) {
                var count = in.read(part);
                if (count > 0) {
                    out.write(part, 0, count);
                    out.flush();
                }
            }
        }

        private static void hello(HttpServletResponse response) throws IOException {
            response.setContentType(Answers.TEXT);
            response.setContentLength(HELLO.length);
            response.getOutputStream().write(HELLO);
        }

        private static void json(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var language = request.getHeader("accept-language");
            var body = Answers.json(language == null ? "" : language).getBytes(StandardCharsets.UTF_8);
            response.setContentType(Answers.JSON);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }

        private static void stream(HttpServletResponse response) throws IOException {
            response.setContentType(Answers.TEXT);
            var out = response.getOutputStream();
            for (var i = 0; i < Answers.CHUNKS; i++) {
                out.write(CHUNK);
                out.flush();
            }
        }

        private void file(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var length = Files.size(file);
            response.setContentType(Answers.BINARY);
            response.setContentLengthLong(length);
            // it takes over when this method has returned
            request.setAttribute(Constants.SENDFILE_FILENAME_ATTR, file.toString());
            request.setAttribute(Constants.SENDFILE_FILE_START_ATTR, 0L);
            request.setAttribute(Constants.SENDFILE_FILE_END_ATTR, length);
        }

        private static void block(HttpServletResponse response) throws IOException {
            try {
                Thread.sleep(Answers.BLOCK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            hello(response);
        }
    }

    /** Sends back what comes. Public, as Tomcat wants its endpoints. */
    public static final class Echo extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig configuration) {
            session.addMessageHandler(String.class, text -> send(session, text));
            session.addMessageHandler(ByteBuffer.class, bytes -> send(session, bytes));
        }
    }

    /** One of those to whom goes what any of them says. Public for the same reason. */
    public static final class Member extends Endpoint {
        private static final Set<Session> MEMBERS = ConcurrentHashMap.newKeySet();

        @Override
        public void onOpen(Session session, EndpointConfig configuration) {
            MEMBERS.add(session);
            session.addMessageHandler(String.class, text -> MEMBERS.forEach(member -> send(member, text)));
            session.addMessageHandler(
                    ByteBuffer.class, bytes -> MEMBERS.forEach(member -> send(member, bytes.duplicate())));
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            MEMBERS.remove(session);
        }
    }

    private static void send(Session session, String text) {
        // it takes no second message while it sends one
        synchronized (session) {
            try {
                session.getBasicRemote().sendText(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void send(Session session, ByteBuffer bytes) {
        synchronized (session) {
            try {
                session.getBasicRemote().sendBinary(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
