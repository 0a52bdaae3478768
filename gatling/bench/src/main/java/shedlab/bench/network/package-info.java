/** The way between load generator and server: what it takes without any work. */
@NullMarked
package shedlab.bench.network;

import org.jspecify.annotations.NullMarked;
