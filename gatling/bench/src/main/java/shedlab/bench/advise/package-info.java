/**
 * The adviser: which strategy for this service, how sure that is, where it breaks, and the same
 * settings for other products. All of it is simulated.
 */
@NullMarked
package shedlab.bench.advise;

import org.jspecify.annotations.NullMarked;
