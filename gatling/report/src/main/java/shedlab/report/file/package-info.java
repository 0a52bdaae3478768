/**
 * The files of a run: read strictly, with file and line in every error; written whole or not at
 * all.
 */
@NullMarked
package shedlab.report.file;

import org.jspecify.annotations.NullMarked;
