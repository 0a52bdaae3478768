/** Published runs: which files of a run are in the repository, and its blocks in the READMEs. */
@NullMarked
package shedlab.report.publish;

import org.jspecify.annotations.NullMarked;
