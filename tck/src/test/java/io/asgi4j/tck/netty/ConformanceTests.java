package io.asgi4j.tck.netty;

import io.asgi4j.tck.scenarios.HttpRequestBodyTck;

/* A class for each area, which is all that the module of a server needs. */

final class HttpRequestBodyTests extends HttpRequestBodyTck {}
