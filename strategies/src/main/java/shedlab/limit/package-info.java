/** Limits: how many requests may be in flight. One algorithm, one file. */
@NullMarked
package shedlab.limit;

import org.jspecify.annotations.NullMarked;
