/** The configuration of a server and what it must be able to do. */
@NullMarked
package shedlab.servers.host;

import org.jspecify.annotations.NullMarked;
