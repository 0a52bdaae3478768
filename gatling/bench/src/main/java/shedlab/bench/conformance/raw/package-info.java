/**
 * Raw client connections of HTTP/1: bytes are sent as they are given, and whatever comes back is
 * read within bounds of time and bytes.
 */
@NullMarked
package shedlab.bench.conformance.raw;

import org.jspecify.annotations.NullMarked;
