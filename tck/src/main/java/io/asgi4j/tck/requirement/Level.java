package io.asgi4j.tck.requirement;

/** How strongly a requirement binds. A negated word is as strong as the word itself. */
public enum Level {
    /** MUST and MUST NOT: a server that breaks it does not conform. */
    MUST,
    /** SHOULD and SHOULD NOT: a server that breaks it has a reason for it. */
    SHOULD,
    /** MAY: nobody has to. */
    MAY
}
