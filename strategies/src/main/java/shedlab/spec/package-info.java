/** Strategy specs as text: a name and checked parameters. */
@NullMarked
package shedlab.spec;

import org.jspecify.annotations.NullMarked;
