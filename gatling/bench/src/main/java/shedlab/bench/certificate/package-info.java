/** The part of a cell's certificate that judges the load generators, for whoever runs a load. */
@NullMarked
package shedlab.bench.certificate;

import org.jspecify.annotations.NullMarked;
