/**
 * Other people's limiters as strategies, through the same door as anybody's: one file for each
 * library, which nobody else knows.
 */
@NullMarked
package shedlab.servers.peers;

import org.jspecify.annotations.NullMarked;
