/**
 * What can be set in an experiment: one entry for each key in {@link shedlab.bench.setting.Schema},
 * from which the reader, the documentation and the servers' options are made.
 */
@NullMarked
package shedlab.bench.setting;

import org.jspecify.annotations.NullMarked;
