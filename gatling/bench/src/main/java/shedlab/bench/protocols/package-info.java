/**
 * What a refusal costs over TLS and HTTP/2: a 429 against a stream that is reset and against a
 * connection that is closed before the handshake, saturated, each beside the server's own cheapest
 * 200.
 */
@NullMarked
package shedlab.bench.protocols;

import org.jspecify.annotations.NullMarked;
