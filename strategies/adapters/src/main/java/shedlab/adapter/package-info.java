/**
 * Puts a strategy in front of a service: a {@link shedlab.adapter.ServiceGate} for each service,
 * and an adapter for each kind of server in a package of its own. What an adapter does is the same
 * on every server:
 *
 * <ol>
 *   <li>A request that is shed is answered with 429 and {@code Retry-After}, and never reaches the
 *       service.
 *   <li>A request that waits occupies no thread.
 *   <li>A request that is admitted goes to the service, and its permit returns when its response
 *       has ended, or when its client has left if the server tells. So a client that reads a large
 *       response slowly holds a permit: a server in front of such clients needs a time limit for
 *       writing.
 *   <li>How it ended tells the strategy what to learn: see {@link
 *       shedlab.adapter.Call#outcome(int)}.
 * </ol>
 */
@NullMarked
package shedlab.adapter;

import org.jspecify.annotations.NullMarked;
