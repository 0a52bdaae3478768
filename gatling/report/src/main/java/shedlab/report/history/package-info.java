/**
 * The headline figures of a question over its comparable runs, in the order of their time, and
 * where one of them took a step.
 */
@NullMarked
package shedlab.report.history;

import org.jspecify.annotations.NullMarked;
