/**
 * Access logs and samples of service times: read line by line, summed up in bounded memory. Nothing
 * of a log leaves this machine.
 */
@NullMarked
package shedlab.bench.advise.log;

import org.jspecify.annotations.NullMarked;
