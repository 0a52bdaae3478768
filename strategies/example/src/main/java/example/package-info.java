/** A user's own limit, found by the service loader. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
