/** The CPU task: a fixed amount of work. */
@NullMarked
package shedlab.task;

import org.jspecify.annotations.NullMarked;
