/** Services with a gate in front of them, one for each kind of server. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
