package io.asgi4j.tck.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.scenarios.Tck;
import io.asgi4j.tck.wire.Limits;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Transcript;
import io.asgi4j.tck.wire.WireClient;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A verdict about a scheduler is worth nothing if another one was in effect. */
@Tag(Tck.TAG)
final class SchedulerTests {
    @Test
    @EnabledIfSystemProperty(named = NettyProvider.SCHEDULER, matches = "loop|shared")
    void applicationsRunOnTheSchedulerThatIsJudged() throws Exception {
        var options = StartOptions.DEFAULT.with(StartOption.LIFESPAN, "off");
        var server = new NettyProvider()
                .start(
                        (scope, receive, send) -> {
                            send.send(new HttpResponseStart(200));
                            send.send(HttpResponseBody.last(carrier()));
                        },
                        options);
        try (server;
                var client = WireClient.open(
                        new InetSocketAddress(
                                server.baseUri().getHost(), server.baseUri().getPort()),
                        "client",
                        Limits.DEFAULT,
                        new Transcript(System::nanoTime))) {
            client.send(Octets.latin1("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));

            assertEquals(
                    System.getProperty(NettyProvider.SCHEDULER),
                    client.readResponse().body().toLatin1());
        }
    }

    /** The scheduler by the name of the thread that carries this virtual one, which stands behind the @ of its text. */
    private static String carrier() {
        var carrier = Thread.currentThread().toString().replaceFirst(".*@", "");
        return carrier.startsWith("ForkJoinPool-") ? "shared" : carrier.replaceFirst("asgi4j-carrier-.*", "loop");
    }
}
