package io.asgi4j.samples.minimal;

import io.asgi4j.tck.scenarios.ExtensionsTck;
import io.asgi4j.tck.scenarios.HttpConnectionTck;
import io.asgi4j.tck.scenarios.HttpDisconnectTck;
import io.asgi4j.tck.scenarios.HttpRequestBodyTck;
import io.asgi4j.tck.scenarios.HttpResponseTck;
import io.asgi4j.tck.scenarios.HttpScopeTck;
import io.asgi4j.tck.scenarios.LifespanTck;
import io.asgi4j.tck.scenarios.WebSocketCloseTck;
import io.asgi4j.tck.scenarios.WebSocketHandshakeTck;
import io.asgi4j.tck.scenarios.WebSocketMessagesTck;

/* The conformance kit judges the server: a class for each area. */

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
