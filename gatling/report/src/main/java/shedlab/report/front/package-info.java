/**
 * The first screen of the page: which strategy a run recommends, with which settings, when not, and
 * how sure that is. A run that cannot tell has none.
 */
@NullMarked
package shedlab.report.front;

import org.jspecify.annotations.NullMarked;
