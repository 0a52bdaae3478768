/** What a decision and a unit of work cost. */
@NullMarked
package shedlab.jmh;

import org.jspecify.annotations.NullMarked;
