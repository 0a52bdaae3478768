/** What a server must be told and must be able to do to host the endpoint. */
@NullMarked
package shedlab.servers.host;

import org.jspecify.annotations.NullMarked;
