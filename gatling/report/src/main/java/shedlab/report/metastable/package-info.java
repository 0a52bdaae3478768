/**
 * The map of metastable states: for how long an overload must last until a service does not come
 * back by itself. A file in, a page out.
 */
@NullMarked
package shedlab.report.metastable;

import org.jspecify.annotations.NullMarked;
