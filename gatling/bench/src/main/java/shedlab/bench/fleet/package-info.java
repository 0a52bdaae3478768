/**
 * Several of our servers behind HAProxy or nginx, which everything else sees as one {@link
 * shedlab.bench.host.RunningServer}; one of them can be killed and started again.
 */
@NullMarked
package shedlab.bench.fleet;

import org.jspecify.annotations.NullMarked;
