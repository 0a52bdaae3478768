/** How files are written so that nothing half made stays behind. */
@NullMarked
package shedlab.report.file;

import org.jspecify.annotations.NullMarked;
