/** Where the CPU time of a load generator goes: its threads by the kernel, its methods by JFR. */
@NullMarked
package shedlab.bench.cleanrate.profile;

import org.jspecify.annotations.NullMarked;
