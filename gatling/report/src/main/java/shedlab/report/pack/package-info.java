/**
 * How the page carries what is seen only when somebody asks for it: the drawings of other choices
 * and the long tables are one packed text, which the page's script unpacks.
 */
@NullMarked
package shedlab.report.pack;

import org.jspecify.annotations.NullMarked;
