/**
 * Access logs and samples of service times: read line by line, summed up in bounded memory. Nothing
 * of a log leaves this machine but the times and relative sizes of its requests, if they are the
 * arrivals of an experiment.
 */
@NullMarked
package shedlab.bench.log;

import org.jspecify.annotations.NullMarked;
