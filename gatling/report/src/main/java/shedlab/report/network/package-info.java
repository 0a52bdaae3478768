/** The way between load generator and server: its file, and what is said of it. */
@NullMarked
package shedlab.report.network;

import org.jspecify.annotations.NullMarked;
