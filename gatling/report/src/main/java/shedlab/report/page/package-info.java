/**
 * What a report is put together from: parts and sections, and the page, the write-up and the README
 * block that they make.
 */
@NullMarked
package shedlab.report.page;

import org.jspecify.annotations.NullMarked;
