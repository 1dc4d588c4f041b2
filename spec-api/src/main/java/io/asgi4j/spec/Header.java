package io.asgi4j.spec;

/**
 * One header field.
 *
 * <p>Fit to be put on the wire by construction: no name and no value can end the line it stands in. Bytes that are
 * known to be UTF-8 are had with {@code new String(value.getBytes(ISO_8859_1), UTF_8)}.
 *
 * <p>Rules: {@code core.headers.lower-case-enforced}, {@code core.headers.response-lower-case},
 * {@code core.headers.values-exact}, {@code core.headers.no-pseudo-fields-in},
 * {@code core.headers.no-pseudo-fields-out}, {@code core.headers.no-control-characters}.
 *
 * @param name a token of RFC 9110 §5.6.2 without upper-case letters; this excludes HTTP/2's pseudo-headers
 * @param value ISO-8859-1 text, one character per byte, without control characters but the tab, and without blanks at
 *     either end
 */
public record Header(String name, String value) {

    /**
     * Checks name and value.
     *
     * @throws IllegalArgumentException if one of them cannot be put on the wire
     */
    public Header {
        if (!Syntax.isHeaderName(name)) {
            throw new IllegalArgumentException("header name is not a lower-case token: " + Syntax.preview(name));
        }
        if (!Syntax.isHeaderValue(value)) {
            throw new IllegalArgumentException(
                    "value of header " + name + " is not ISO-8859-1 text without control characters and outer blanks");
        }
    }

    @Override
    public String toString() {
        return name + ": " + Syntax.preview(value);
    }
}
