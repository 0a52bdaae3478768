/**
 * What a run asks of a server outside of any load: whether it keeps the contract, what it has
 * counted, whether it is idle.
 */
@NullMarked
package shedlab.bench.control;

import org.jspecify.annotations.NullMarked;
