/**
 * The least that a target must do, as a program: the rules of servers/CONTRACT.md, tried one by one
 * over raw connections. Whatever a target sends, or does not send, costs a bounded time and one
 * line.
 */
@NullMarked
package shedlab.bench.conformance;

import org.jspecify.annotations.NullMarked;
