/** What the report says of a fleet of which one server was killed. */
@NullMarked
package shedlab.report.fleet;

import org.jspecify.annotations.NullMarked;
