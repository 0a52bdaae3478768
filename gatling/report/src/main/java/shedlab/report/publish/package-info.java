/** Published runs: which files of a run are kept in the repository, and what READMEs say of it. */
@NullMarked
package shedlab.report.publish;

import org.jspecify.annotations.NullMarked;
