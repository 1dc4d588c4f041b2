/** What a run leaves behind: tables, charts and the raw figures. */
@NullMarked
package io.asgi4j.benchmarks.report;

import org.jspecify.annotations.NullMarked;
