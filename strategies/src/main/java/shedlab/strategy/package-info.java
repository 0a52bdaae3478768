/** Strategies: canonical text that makes gates, and the registry of what can be named. */
@NullMarked
package shedlab.strategy;

import org.jspecify.annotations.NullMarked;
