/** How numbers, sentences and names are written, wherever a person reads them. */
@NullMarked
package shedlab.report.text;

import org.jspecify.annotations.NullMarked;
