/**
 * The league: how much each strategy loses in each situation of the simulator. Files in, page out.
 */
@NullMarked
package shedlab.report.league;

import org.jspecify.annotations.NullMarked;
