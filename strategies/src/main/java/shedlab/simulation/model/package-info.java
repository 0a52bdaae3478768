/** What is simulated: the server, its clients and its faults. */
@NullMarked
package shedlab.simulation.model;

import org.jspecify.annotations.NullMarked;
