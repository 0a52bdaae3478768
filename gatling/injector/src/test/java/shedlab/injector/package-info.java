@NullMarked
package shedlab.injector;

import org.jspecify.annotations.NullMarked;
