package io.asgi4j.server.netty.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.TransportMode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class EventLoopsTests {
    static Stream<Arguments> everyKind() {
        return Transports.available()
                .flatMap(transport -> Stream.of(SchedulerMode.LOOP, SchedulerMode.SHARED)
                        .map(scheduler -> Arguments.of(scheduler, transport)));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void connectionsAreServedByApplicationsOfAllLoops(SchedulerMode scheduler, TransportMode transport)
            throws Exception {
        try (var loops = EventLoops.open(scheduler, transport, 2)) {
            var server = new ServerBootstrap()
                    .group(loops.group())
                    .channelFactory(loops.transport().serverChannels()::newChannel)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Echo(loops));
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            var answers = new HashSet<String>();
            for (var connection = 0; connection < 4; connection++) {
                answers.add(ask((InetSocketAddress) server.localAddress()));
            }
            assertEquals(2, answers.size(), answers::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void closingTwiceIsClosingOnce(SchedulerMode scheduler, TransportMode transport) {
        var loops = EventLoops.open(scheduler, transport, 1);
        loops.close();
        loops.close();
        assertTrue(loops.group().isTerminated());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void applicationsThatOneTurnStartsAllBeginAfterIt(SchedulerMode scheduler, TransportMode transport)
            throws Exception {
        try (var loops = EventLoops.open(scheduler, transport, 1)) {
            for (var count : new int[] {1, 2, 100}) {
                var loop = loops.group().next();
                var begun = new CountDownLatch(count);
                var early = loop.submit(() -> {
                    for (var application = 0; application < count; application++) {
                        loops.startApplication(loop, "app", begun::countDown);
                    }
                    return count - begun.getCount();
                });
                assertEquals(0, early.get());
                assertTrue(begun.await(10, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void autoTakesTheLoopsCarrierWhereTheJvmGrantsIt() {
        try (var loops = EventLoops.open(SchedulerMode.AUTO, TransportMode.NIO, 2)) {
            assertInstanceOf(CarrierLoops.class, loops);
            assertEquals("nio, 2 loops, applications on their loop's carrier", loops.description());
        }
    }

    @Test
    void zeroLoopsMeansOneForEachProcessor() {
        try (var loops = EventLoops.open(SchedulerMode.SHARED, TransportMode.NIO, 0)) {
            var count = 0;
            for (var loop : loops.group()) {
                assertTrue(loop.parent() == loops.group());
                count++;
            }
            assertEquals(Runtime.getRuntime().availableProcessors(), count);
        }
    }

    @Test
    void aNegativeNumberOfLoopsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> EventLoops.open(SchedulerMode.AUTO, TransportMode.AUTO, -1));
    }

    @Test
    void withoutAccessAutoSharesTheDefaultSchedulerAndNamesTheFlag() throws Exception {
        var output = ForkedJvm.open("AUTO", "NIO");
        assertTrue(output.contains("--add-opens java.base/java.lang=ALL-UNNAMED"), output);
        assertTrue(output.contains("opened: nio, 1 loop, applications on the default scheduler"), output);
    }

    @Test
    void withoutAccessTheExplicitLoopSchedulerIsRefused() throws Exception {
        var output = ForkedJvm.open("LOOP", "NIO");
        assertTrue(
                output.contains("refused: the scheduler loop is not available, since this JVM was started without"
                        + " --add-opens java.base/java.lang=ALL-UNNAMED"),
                output);
    }

    @Test
    void withoutItsNativeLibraryAnExplicitTransportIsRefusedInOneSentence() throws Exception {
        for (var transport : new String[] {"EPOLL", "IO_URING"}) {
            var output = ForkedJvm.open("SHARED", transport, "-Dio.netty.transport.noNative=true");
            assertTrue(
                    output.contains("refused: the transport " + transport.toLowerCase() + " is not available: "),
                    output);
        }
    }

    @Test
    void withoutItsNativeLibraryAutoTakesNioInsteadOfEpoll() throws Exception {
        var output = ForkedJvm.open("SHARED", "AUTO", "-Dio.netty.transport.noNative=true");
        assertTrue(output.contains("opened: nio, 1 loop"), output);
    }

    /** Answers with the name of the loop's thread, through an application. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        private final EventLoops loops;

        Echo(EventLoops loops) {
            this.loops = loops;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var loop = context.channel().eventLoop();
            loops.startApplication(
                    loop,
                    "app",
                    () -> loop.execute(() -> context.writeAndFlush(context.alloc()
                                    .buffer()
                                    .writeBytes(Thread.currentThread().getName().getBytes()))
                            .addListener(written -> context.close())));
        }
    }

    private static String ask(InetSocketAddress address) throws Exception {
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            return new String(socket.getInputStream().readAllBytes());
        }
    }
}
