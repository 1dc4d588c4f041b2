package io.asgi4j.server.netty.http2;

import io.asgi4j.spec.extension.Tls;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import org.jspecify.annotations.Nullable;

/** Sets Netty's part of a connection up. */
final class ServerConnectionBuilder
        extends AbstractHttp2ConnectionHandlerBuilder<ServerConnection, ServerConnectionBuilder> {
    /** Data frames without data, one behind the other, of one stream. */
    private static final int EMPTY_DATA = 16;

    /** Continuations of a header section that are far from full. */
    private static final int SMALL_CONTINUATIONS = 16;

    private final Http2Driver driver;
    private final Channel channel;
    private final @Nullable Tls tls;

    ServerConnectionBuilder(Http2Driver driver, Channel channel, @Nullable Tls tls) {
        this.driver = driver;
        this.channel = channel;
        this.tls = tls;
        var limits = driver.limits();
        var connection = new DefaultHttp2Connection(true);
        // Priorities are deprecated (RFC 9113 5.3.2): every stream gets its share.
        connection
                .remote()
                .flowController(
                        new DefaultHttp2RemoteFlowController(connection, new UniformStreamByteDistributor(connection)));
        connection(connection);
        validateHeaders(true);
        validateRequiredPseudoHeaders(true);
        decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA);
        decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS);
        decoderEnforceMaxRstFramesPerWindow(limits.resets(), Http2Limits.RESET_SECONDS);
        // Those that the server sends are counted with their reasons, see ServerConnection.
        encoderEnforceMaxRstFramesPerWindow(0, Http2Limits.RESET_SECONDS);
        headerSensitivityDetector(
                (name, value) -> name.length() == 10 && name.toString().equals("set-cookie"));
        initialSettings(new Http2Settings()
                .maxConcurrentStreams(limits.streams())
                .initialWindowSize(limits.readAhead())
                .maxHeaderListSize(limits.maxHeaderSize())
                .connectProtocolEnabled(true));
    }

    @Override
    protected ServerConnection build() {
        return super.build();
    }

    @Override
    protected ServerConnection build(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
        return new ServerConnection(decoder, encoder, settings, driver, channel, tls);
    }
}
