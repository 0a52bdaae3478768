/** Carries a plan out, cell by cell: calibrates, starts servers, loads them, judges what came. */
@NullMarked
package shedlab.bench.run;

import org.jspecify.annotations.NullMarked;
