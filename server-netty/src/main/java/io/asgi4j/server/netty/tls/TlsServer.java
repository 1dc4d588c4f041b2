package io.asgi4j.server.netty.tls;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.extension.Tls;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as the options want it, with the certificates that are in their files now.
 *
 * <p>Thread-safe. A virtual thread of its own looks at the files from time to time; new connections get what it found,
 * open ones go on with what they began with.
 */
public final class TlsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("asgi4j");

    private final Options options;
    private final List<String> protocols;
    private final Thread watcher;
    private volatile TlsContext context;
    /** What was read last, good or bad; guarded by this. */
    private ConfiguredFiles seen;
    /** Why the files could not be read when they were looked at last, so that it is said once; guarded by this. */
    private @Nullable String complaint;

    /** Serves a connection when its handshake is done. */
    @FunctionalInterface
    public interface Next {
        /**
         * Takes over the end of the channel's pipeline, on its event loop; {@code channelActive} comes afterwards.
         *
         * @param protocol the protocol that was agreed on (ALPN), or null if the client knows none
         * @param tls what applications are told
         */
        void install(Channel channel, @Nullable String protocol, Tls tls);
    }

    private TlsServer(Options options, List<String> protocols) throws TlsException {
        this.options = options;
        this.protocols = protocols;
        this.seen = ConfiguredFiles.read(options);
        this.context = TlsContext.load(options, seen, protocols);
        this.watcher = Thread.ofVirtual().name("asgi4j-tls-reload").unstarted(this::watch);
    }

    /**
     * Reads certificates and keys, and goes on looking at their files until it is closed.
     *
     * @param protocols the protocols to offer (ALPN), the best first
     * @return null if the options want no TLS
     * @throws IOException if TLS cannot be spoken with these options; the message is a sentence for the operator
     */
    public static @Nullable TlsServer open(Options options, List<String> protocols) throws IOException {
        if (options.get(ServerOptions.TLS_CERTIFICATE).isEmpty()) {
            for (var option : List.of(ServerOptions.TLS_KEY, ServerOptions.TLS_CLIENT_CA)) {
                if (!options.get(option).isEmpty()) {
                    throw new TlsException("%s has no effect: give a tls-certificate too".formatted(option));
                }
            }
            return null;
        }
        var server = new TlsServer(options, protocols);
        if (!options.get(ServerOptions.TLS_RELOAD_INTERVAL).isZero()) {
            server.watcher.start();
        }
        return server;
    }

    /** Puts TLS at the end of a new channel's pipeline, and behind it, when the handshake is done, what comes next. */
    public void install(Channel channel, Next next) {
        var current = context;
        var handler = current.newHandler(channel.alloc());
        channel.pipeline()
                .addLast(handler)
                .addLast(new FilePieces())
                .addLast(new TlsConnection(
                        handler, options.get(ServerOptions.TLS_HANDSHAKE_TIMEOUT), current::describe, next));
    }

    private void watch() {
        var interval = options.get(ServerOptions.TLS_RELOAD_INTERVAL);
        try {
            while (true) {
                Thread.sleep(interval);
                reload();
            }
        } catch (InterruptedException closed) {
            LOG.debug("Certificates are no longer watched.");
        }
    }

    /**
     * Reads the files and uses them from now on if they have changed and are good, else stays with what there is. Blocks
     * on reading.
     */
    public synchronized void reload() {
        try {
            var files = ConfiguredFiles.read(options);
            complaint = null;
            if (!files.equals(seen)) {
                seen = files;
                context = TlsContext.load(options, files, protocols);
                LOG.info("New certificates from now on: {}", context);
            }
        } catch (TlsException e) {
            complain(String.valueOf(e.getMessage()));
        }
    }

    private void complain(String message) {
        if (!message.equals(complaint)) {
            LOG.error("The certificates stay as they were: {}", message);
        }
        complaint = message;
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
