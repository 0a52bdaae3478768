/** Arrival rules, one file each: who is turned away before the limit is looked at. */
@NullMarked
package shedlab.policer;

import org.jspecify.annotations.NullMarked;
