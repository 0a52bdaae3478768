/** Whether what a run says follows from what was recorded. */
@NullMarked
package shedlab.gatling.verify;

import org.jspecify.annotations.NullMarked;
