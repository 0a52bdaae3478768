/** Verification: whether the figures of a run follow from its raw files. */
@NullMarked
package shedlab.report.verify;

import org.jspecify.annotations.NullMarked;
