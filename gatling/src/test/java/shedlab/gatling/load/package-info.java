@NullMarked
package shedlab.gatling.load;

import org.jspecify.annotations.NullMarked;
