package io.asgi4j.tck.requirement;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A requirement of the specification.
 *
 * @param slug its name, which never changes
 * @param section the heading under which it stands
 * @param sentence what it says, with the Markdown of its code words
 * @param level how strongly it binds
 * @param bound whom it binds
 * @param origin where it comes from
 * @param reference where it stands there: the version of ASGI's HTTP and WebSocket specification that brought it, empty if it was always
 *     there, or the number and the section of an RFC
 * @param since the version of the specification that brought it
 * @param explanation what the specification says beside the sentence, which binds nobody; may be empty
 */
public record Rule(
        String slug,
        String section,
        String sentence,
        Level level,
        Bound bound,
        Origin origin,
        String reference,
        String since,
        String explanation) {
    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)*");

    /** Where it comes from in a word, such as {@code asgi 2.4} or {@code RFC 9112, 3.2}. */
    public String source() {
        return reference.isEmpty() ? origin.toString() : origin + " " + reference;
    }

    /**
     * Whether it can be held against a server. A server on the types of this specification answers for what its applications send too,
     * since it has to refuse what they must not.
     *
     * @param onJava whether the server is written on the types of this specification
     * @param announced the version of ASGI's HTTP and WebSocket specification which the server announces
     */
    public boolean binds(boolean onJava, String announced) {
        return onJava
                || switch (origin) {
                    case ASGI -> bound == Bound.SERVER && !isOlder(announced, reference);
                    case ASGI4J -> false;
                    case RFC -> bound == Bound.SERVER;
                };
    }

    private static boolean isOlder(String announced, String needed) {
        return !needed.isEmpty()
                && VERSION.matcher(announced).matches()
                && Arrays.compare(numbers(announced), numbers(needed)) < 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /** Whether the kit has to judge it, or say why it cannot: a MUST or a SHOULD that binds a server. */
    public boolean isToBeJudged() {
        return bound == Bound.SERVER && level != Level.MAY;
    }
}
