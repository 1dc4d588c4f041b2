package io.asgi4j.tck.run;

import io.asgi4j.tck.control.ControlClient;
import io.asgi4j.tck.control.Hello;
import io.asgi4j.tck.launch.RunningServer;
import io.asgi4j.tck.scenario.Facts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A server that runs, and the application behind it.
 *
 * @param address where clients connect
 */
record Target(RunningServer server, ControlClient control, Hello hello, InetSocketAddress address) {
    private static final int HTTP_PORT = 80;

    /** Asks the application behind a server what it is. */
    static Target of(RunningServer server) throws IOException {
        var base = server.baseUri();
        var control = new ControlClient(base);
        var hello = control.hello();
        var port = base.getPort() == -1 ? HTTP_PORT : base.getPort();
        var address = new InetSocketAddress(InetAddress.getByName(base.getHost()), port);
        return new Target(server, control, hello, address);
    }

    /** What is known before a scenario runs. */
    Facts facts(String wireId) {
        var base = server.baseUri();
        var prefix = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        return new Facts(Map.of(
                "id", wireId,
                "path", prefix + "/t/" + wireId,
                "host", base.getRawAuthority(),
                "server_host", address.getAddress().getHostAddress(),
                "server_port", Integer.toString(address.getPort())));
    }
}
