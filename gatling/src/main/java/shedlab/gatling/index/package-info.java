/** All runs of a folder on one page. */
@NullMarked
package shedlab.gatling.index;

import org.jspecify.annotations.NullMarked;
