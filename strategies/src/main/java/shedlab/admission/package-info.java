/**
 * The admission core: a {@link shedlab.admission.Gate} decides, for each {@link
 * shedlab.admission.Ticket}, whether it is admitted, waits or is shed.
 *
 * <p>House rules.
 *
 * <ol>
 *   <li><b>Policies are sequential and pure.</b> A {@link shedlab.admission.Limit} or {@link
 *       shedlab.admission.Backlog} is called by one thread at a time, with happens-before between
 *       calls. It reads no clock, takes no lock, allocates nothing per call, logs nothing and
 *       throws nothing: time is an argument.
 *   <li><b>Concurrency lives in this package alone</b>, in {@code Gate} and {@code Ticket}.
 *   <li><b>The state has one place.</b> Limit, in flight and waiting share one 64-bit word; nothing
 *       else counts them.
 *   <li><b>A refusal is a value</b> with a {@link shedlab.admission.Shed reason}, counted, never an
 *       exception.
 *   <li><b>Foreign code runs only between complete state changes</b>, and never recursively.
 * </ol>
 *
 * <p>All times are nanoseconds of one {@link shedlab.admission.NanoClock}; compare them by
 * difference, never by order.
 */
@NullMarked
package shedlab.admission;

import org.jspecify.annotations.NullMarked;
