/** File upload and download with back-pressure. */
@NullMarked
package io.asgi4j.samples.files;

import org.jspecify.annotations.NullMarked;
