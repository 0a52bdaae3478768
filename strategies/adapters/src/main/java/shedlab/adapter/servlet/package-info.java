/** A gate in a servlet container (Jakarta Servlet 5 or later). */
@NullMarked
package shedlab.adapter.servlet;

import org.jspecify.annotations.NullMarked;
