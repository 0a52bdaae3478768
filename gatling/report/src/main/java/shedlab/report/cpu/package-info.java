/** What the report says of where the servers' CPU time went. */
@NullMarked
package shedlab.report.cpu;

import org.jspecify.annotations.NullMarked;
