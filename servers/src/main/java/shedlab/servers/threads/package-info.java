/** The threads that do the work and talk to clients: their priorities and CPUs. */
@NullMarked
package shedlab.servers.threads;

import org.jspecify.annotations.NullMarked;
