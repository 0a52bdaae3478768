/** What a gate counts, for Micrometer. */
@NullMarked
package shedlab.adapter.micrometer;

import org.jspecify.annotations.NullMarked;
