/** The endpoint under test: routing, status mapping and CPU work, the same behind every server. */
@NullMarked
package shedlab.servers.endpoint;

import org.jspecify.annotations.NullMarked;
