/** A limit of one's own, found by the service loader. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
