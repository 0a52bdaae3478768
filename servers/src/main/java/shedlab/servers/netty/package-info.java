/** The endpoint on Netty. */
@NullMarked
package shedlab.servers.netty;

import org.jspecify.annotations.NullMarked;
