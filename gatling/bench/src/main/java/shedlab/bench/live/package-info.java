/** A page that shows a run while it goes on. */
@NullMarked
package shedlab.bench.live;

import org.jspecify.annotations.NullMarked;
