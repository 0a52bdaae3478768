/** A gate on Undertow. */
@NullMarked
package shedlab.adapter.undertow;

import org.jspecify.annotations.NullMarked;
