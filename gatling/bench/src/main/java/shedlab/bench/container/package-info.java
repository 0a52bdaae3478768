/** Servers and the injector in containers of a Docker engine. */
@NullMarked
package shedlab.bench.container;

import org.jspecify.annotations.NullMarked;
