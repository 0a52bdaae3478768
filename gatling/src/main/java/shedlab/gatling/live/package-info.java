/** A page that shows a run while it goes on. */
@NullMarked
package shedlab.gatling.live;

import org.jspecify.annotations.NullMarked;
