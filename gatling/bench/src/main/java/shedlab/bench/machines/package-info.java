/**
 * Servers and load generators on other machines, each behind its own Docker engine. The program
 * {@code docker} talks to the engines, because it knows SSH, TLS and contexts already; nothing of
 * ours is installed there.
 */
@NullMarked
package shedlab.bench.machines;

import org.jspecify.annotations.NullMarked;
