/** Policers that need to know more of the host than how many requests it has. */
@NullMarked
package shedlab.policer.cpu;

import org.jspecify.annotations.NullMarked;
