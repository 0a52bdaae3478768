/** Arrival rules, one file each: which requests are shed before the limit is checked. */
@NullMarked
package shedlab.policer;

import org.jspecify.annotations.NullMarked;
