package io.asgi4j.tck.requirement;

/**
 * A requirement of the specification.
 *
 * @param slug its name, which never changes
 * @param section the heading under which it stands
 * @param sentence what it says, with the Markdown of its code words
 * @param level how strongly it binds
 * @param bound whom it binds
 * @param origin where it comes from
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
        String since,
        String explanation) {
    /** Whether the kit has to judge it, or say why it cannot: a MUST or a SHOULD that binds a server. */
    public boolean isToBeJudged() {
        return bound == Bound.SERVER && level != Level.MAY;
    }
}
