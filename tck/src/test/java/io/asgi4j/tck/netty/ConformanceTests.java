package io.asgi4j.tck.netty;

import io.asgi4j.tck.scenarios.CancellationTck;
import io.asgi4j.tck.scenarios.ExtensionsTck;
import io.asgi4j.tck.scenarios.FlowTck;
import io.asgi4j.tck.scenarios.Http2ScopeTck;
import io.asgi4j.tck.scenarios.HttpConnectionTck;
import io.asgi4j.tck.scenarios.HttpDisconnectTck;
import io.asgi4j.tck.scenarios.HttpRequestBodyTck;
import io.asgi4j.tck.scenarios.HttpResponseTck;
import io.asgi4j.tck.scenarios.HttpScopeTck;
import io.asgi4j.tck.scenarios.LifespanTck;
import io.asgi4j.tck.scenarios.RealClientTck;
import io.asgi4j.tck.scenarios.ShutdownTck;
import io.asgi4j.tck.scenarios.SignalsTck;
import io.asgi4j.tck.scenarios.ThreadsTck;
import io.asgi4j.tck.scenarios.WebSocketCloseTck;
import io.asgi4j.tck.scenarios.WebSocketHandshakeTck;
import io.asgi4j.tck.scenarios.WebSocketMessagesTck;
import io.asgi4j.tck.scenarios.WireExchangeTck;
import io.asgi4j.tck.scenarios.WireFramingTck;
import io.asgi4j.tck.scenarios.WireHeadTck;
import io.asgi4j.tck.scenarios.WireWebSocketTck;
import io.asgi4j.tck.scenarios.ZeroCopyTck;

/* A class for each area, which is all that the module of a server needs. */

final class HttpConnectionTests extends HttpConnectionTck {}

final class HttpDisconnectTests extends HttpDisconnectTck {}

final class HttpRequestBodyTests extends HttpRequestBodyTck {}

final class HttpResponseTests extends HttpResponseTck {}

final class HttpScopeTests extends HttpScopeTck {}

final class WebSocketCloseTests extends WebSocketCloseTck {}

final class WebSocketHandshakeTests extends WebSocketHandshakeTck {}

final class WebSocketMessagesTests extends WebSocketMessagesTck {}

final class ExtensionsTests extends ExtensionsTck {}

final class LifespanTests extends LifespanTck {}

final class ThreadsTests extends ThreadsTck {}

final class SignalsTests extends SignalsTck {}

final class CancellationTests extends CancellationTck {}

final class FlowTests extends FlowTck {}

final class ShutdownTests extends ShutdownTck {}

final class ZeroCopyTests extends ZeroCopyTck {}

final class Http2ScopeTests extends Http2ScopeTck {}

final class RealClientTests extends RealClientTck {}

final class WireHeadTests extends WireHeadTck {}

final class WireFramingTests extends WireFramingTck {}

final class WireExchangeTests extends WireExchangeTck {}

final class WireWebSocketTests extends WireWebSocketTck {}
