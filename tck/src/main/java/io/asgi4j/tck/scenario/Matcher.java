package io.asgi4j.tck.scenario;

/**
 * What must be true of something, as data that can be shown to people.
 *
 * @param <T> what is looked at
 */
public interface Matcher<T> {
    /** What must be true, in words that continue "expected …". */
    String expected();

    /** What is true instead, in words that continue "but …". */
    String actual(T subject, Facts facts);

    /** Tells whether it is true. */
    boolean matches(T subject, Facts facts);

    /** Looks at something. */
    default Check check(String name, T subject, Facts facts) {
        return new Check(name, facts.fill(expected()), actual(subject, facts), matches(subject, facts));
    }
}
