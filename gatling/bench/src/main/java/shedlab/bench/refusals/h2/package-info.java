/** What a refusal costs over TLS and HTTP/2: h2load, its command and its counts. */
@NullMarked
package shedlab.bench.refusals.h2;

import org.jspecify.annotations.NullMarked;
