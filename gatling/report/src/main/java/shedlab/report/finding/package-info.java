/** What a run found, in sentences: nothing is ranked within the noise. */
@NullMarked
package shedlab.report.finding;

import org.jspecify.annotations.NullMarked;
