/** A gate on Jetty. */
@NullMarked
package shedlab.adapter.jetty;

import org.jspecify.annotations.NullMarked;
