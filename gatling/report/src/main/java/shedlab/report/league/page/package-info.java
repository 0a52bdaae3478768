/** The page of the league, its README and its chart: files in, files out. */
@NullMarked
package shedlab.report.league.page;

import org.jspecify.annotations.NullMarked;
