/** Numbers that policies and the simulator share: seeded noise and histograms. */
@NullMarked
package shedlab.numbers;

import org.jspecify.annotations.NullMarked;
