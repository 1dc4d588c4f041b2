/** What a run leaves behind: machine-readable reports, pages to read, and comparisons of servers. */
@NullMarked
package io.asgi4j.tck.report;

import org.jspecify.annotations.NullMarked;
