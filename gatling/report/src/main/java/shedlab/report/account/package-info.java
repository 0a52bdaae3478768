/**
 * What a server's CPU time went to, in the measured window of a cell: an account that adds up to
 * the whole of its CPUs. {@code cpu} shows it.
 */
@NullMarked
package shedlab.report.account;

import org.jspecify.annotations.NullMarked;
