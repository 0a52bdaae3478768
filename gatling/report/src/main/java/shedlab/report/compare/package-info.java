/** Two runs side by side: what changed between them, and what differs beyond what equals show. */
@NullMarked
package shedlab.report.compare;

import org.jspecify.annotations.NullMarked;
