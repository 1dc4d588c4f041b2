/**
 * TLS in front of the drivers.
 *
 * <p>At start-up, and again when a file has changed: {@link io.asgi4j.server.netty.tls.ConfiguredFiles} (what the options name)
 * → {@link io.asgi4j.server.netty.tls.Credential} (a certificate with its key) and
 * {@link io.asgi4j.server.netty.tls.ClientTrust} → {@link io.asgi4j.server.netty.tls.TlsContext}, which new connections use
 * from then on. For each connection: {@link io.asgi4j.server.netty.tls.TlsConnection}, which hands it over to a driver when
 * the handshake is done.
 */
@NullMarked
package io.asgi4j.server.netty.tls;

import org.jspecify.annotations.NullMarked;
