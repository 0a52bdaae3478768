/** The endpoint on Undertow. */
@NullMarked
package shedlab.servers.undertow;

import org.jspecify.annotations.NullMarked;
