/** What a refusal tells its client: when to try again. */
@NullMarked
package shedlab.retry;

import org.jspecify.annotations.NullMarked;
