import org.jspecify.annotations.NullMarked;

/**
 * ASGI for the JVM: the protocol between web servers and applications.
 *
 * <p>{@link io.asgi4j.spec} holds what every server offers; {@link io.asgi4j.spec.extension} holds what a server may
 * offer. The normative text is SPEC.md; each type states the rules that concern it and names them.
 */
@NullMarked
module io.asgi4j.spec {
    // Annotations only, read by compilers and checkers: nothing is needed at run time. Not transitive: a user of this
    // module
    // who has no JSpecify could not compile.
    requires static org.jspecify;

    exports io.asgi4j.spec;
    exports io.asgi4j.spec.extension;
}
