/** The driver's side of the control protocol: installs scripts in the application under test and reads its traces. */
@NullMarked
package io.asgi4j.tck.control;

import org.jspecify.annotations.NullMarked;
