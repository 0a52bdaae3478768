/**
 * The published runs side by side: what each strategy does to goodput, beside the reference of the
 * default run, in every condition that was measured.
 */
@NullMarked
package shedlab.report.overview;

import org.jspecify.annotations.NullMarked;
