/** Whether what a run says follows from what was recorded. */
@NullMarked
package shedlab.report.verify;

import org.jspecify.annotations.NullMarked;
