/**
 * Limiters of other libraries as strategies: one file for each library, and only that file depends
 * on it.
 */
@NullMarked
package shedlab.servers.peers;

import org.jspecify.annotations.NullMarked;
