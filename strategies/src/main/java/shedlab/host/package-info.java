/** What the library can read of the machine it runs on, with {@code java.base} alone. */
@NullMarked
package shedlab.host;

import org.jspecify.annotations.NullMarked;
