/** Where the processor time of a request goes: the kernel's part, which nobody avoids, beside that of each layer of code. */
@NullMarked
package io.asgi4j.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
