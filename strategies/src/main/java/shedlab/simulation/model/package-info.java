/** What is simulated: the server, its clients, and what goes wrong. */
@NullMarked
package shedlab.simulation.model;

import org.jspecify.annotations.NullMarked;
