/** The endpoint on Jetty. */
@NullMarked
package shedlab.servers.jetty;

import org.jspecify.annotations.NullMarked;
