/** Two runs side by side: what changed between them, and what differs beyond noise. */
@NullMarked
package shedlab.report.compare;

import org.jspecify.annotations.NullMarked;
