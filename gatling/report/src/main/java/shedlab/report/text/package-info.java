/** How numbers, sentences and names are written for people. */
@NullMarked
package shedlab.report.text;

import org.jspecify.annotations.NullMarked;
