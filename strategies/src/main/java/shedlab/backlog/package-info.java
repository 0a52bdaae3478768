/** Backlogs: who waits and in which order. One queue discipline, one file. */
@NullMarked
package shedlab.backlog;

import org.jspecify.annotations.NullMarked;
