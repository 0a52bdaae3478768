/**
 * The parts and sections of a report, and the page, the write-up and the README block that are made
 * from them.
 */
@NullMarked
package shedlab.report.page;

import org.jspecify.annotations.NullMarked;
