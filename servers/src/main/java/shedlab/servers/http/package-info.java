/** Pieces of HTTP/1.1 that need neither a server nor the endpoint. */
@NullMarked
package shedlab.servers.http;

import org.jspecify.annotations.NullMarked;
