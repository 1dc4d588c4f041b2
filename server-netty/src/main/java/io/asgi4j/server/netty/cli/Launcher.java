package io.asgi4j.server.netty.cli;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.server.netty.StartupException;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Application;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one application from start to stop, in the process's main thread.
 *
 * <p>The first SIGINT or SIGTERM interrupts that thread, wherever it waits; the second ends the process.
 */
final class Launcher {
    /** Start and stop, in the words that users of ASGI servers know. */
    private static final Logger LOG = LoggerFactory.getLogger("asgi4j");

    private Launcher() {}

    /** Blocks until a server that runs shall stop. */
    @FunctionalInterface
    interface Until {
        void await(NettyServer server) throws InterruptedException;
    }

    static ExitStatus serve(Application application, Options options, Until until) throws LaunchException {
        // No buffer of Netty's ever reaches an application, so there is nothing of its to watch in production.
        setUnlessGiven("io.netty.leakDetection.level", "disabled");
        // Netty's events about its buffers bring all of the flight recorder up before the first request is read.
        setUnlessGiven("io.netty.jfr.enabled", "false");
        Signals.stopWith(Thread.currentThread()::interrupt);
        var process = ProcessHandle.current().pid();
        LOG.info("Started server process [{}]", process);
        try {
            return serveUntilStopped(application, options, until);
        } finally {
            LOG.info("Finished server process [{}]", process);
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static ExitStatus serveUntilStopped(Application application, Options options, Until until)
            throws LaunchException {
        NettyServer server;
        try {
            server = NettyServer.builder(application).options(options).start();
        } catch (InterruptedException e) {
            return ExitStatus.STOPPED;
        } catch (StartupException e) {
            throw new LaunchException(
                    ExitStatus.APPLICATION_DID_NOT_START, String.valueOf(e.getMessage()), e.getCause());
        } catch (IOException e) {
            throw new LaunchException(ExitStatus.SERVER_DID_NOT_START, String.valueOf(e.getMessage()), null);
        }
        LOG.debug("{}; {}", server.description(), options);
        if (isSecure(server)) {
            Signals.hangUpWith(server::reloadCertificates);
        }
        LOG.info("asgi4j running on {} (Press CTRL+C to quit)", urls(server));
        try (server) {
            until.await(server);
        } catch (InterruptedException e) {
            LOG.debug("A signal came.");
        }
        return server.hasFailed() ? ExitStatus.APPLICATION_FAILED : ExitStatus.STOPPED;
    }

    private static String urls(NettyServer server) {
        var scheme = isSecure(server) ? "https://" : "http://";
        var host = server.options().get(ServerOptions.HOST);
        return server.addresses().stream()
                .map(address -> url(scheme, host, address))
                .collect(Collectors.joining(", "));
    }

    private static boolean isSecure(NettyServer server) {
        return !server.options().get(ServerOptions.TLS_CERTIFICATE).isEmpty();
    }

    /** A socket that listens on all addresses has the one that was given: the system names another one for the same. */
    private static String url(String scheme, String host, SocketAddress address) {
        if (!(address instanceof InetSocketAddress tcp)) {
            return address.toString();
        }
        return scheme
                + (tcp.getAddress().isAnyLocalAddress()
                        ? NetUtil.toSocketAddressString(host, tcp.getPort())
                        : NetUtil.toSocketAddressString(tcp));
    }
}
