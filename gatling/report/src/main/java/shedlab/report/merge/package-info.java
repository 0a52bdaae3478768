/** Makes one result of those of several load generators that played one job together. */
@NullMarked
package shedlab.report.merge;

import org.jspecify.annotations.NullMarked;
