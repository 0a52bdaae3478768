/** A gate on Netty. */
@NullMarked
package shedlab.adapter.netty;

import org.jspecify.annotations.NullMarked;
