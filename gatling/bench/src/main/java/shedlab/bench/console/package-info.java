/** What a run says on the terminal: before it begins, while it runs, and when it is over. */
@NullMarked
package shedlab.bench.console;

import org.jspecify.annotations.NullMarked;
