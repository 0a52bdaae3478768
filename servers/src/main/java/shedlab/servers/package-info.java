/** The runnable: reads the command line, starts one server with one strategy, drains it. */
@NullMarked
package shedlab.servers;

import org.jspecify.annotations.NullMarked;
