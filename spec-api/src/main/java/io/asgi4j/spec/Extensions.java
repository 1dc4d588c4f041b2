package io.asgi4j.spec;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server offers in a scope beyond the protocol's core; immutable.
 *
 * <p>The presence of an extension is the feature flag: an application asks first, and only then uses it.
 *
 * {@snippet :
 * var encrypted = scope.extensions().has(Tls.class);
 * var name = scope.extensions().get(Tls.class).map(Tls::clientCertName).orElse("unknown");
 * }
 *
 * <p>Rules: {@code extension.presence}, {@code extension.checked-first}.
 */
public final class Extensions {
    private static final Extensions NONE = new Extensions(new Extension[0]);

    private final Extension[] entries;

    private Extensions(Extension[] entries) {
        this.entries = entries;
    }

    /**
     * Returns no extensions.
     *
     * @return the same object on every call
     */
    public static Extensions none() {
        return NONE;
    }

    /**
     * Returns some extensions.
     *
     * @param extensions the extensions
     * @return the extensions, in this order
     * @throws IllegalArgumentException if two have the same name
     */
    public static Extensions of(Extension... extensions) {
        var entries = extensions.clone();
        for (int i = 0; i < entries.length; i++) {
            var name = entries[i].name();
            for (int j = 0; j < i; j++) {
                if (entries[j].name().equals(name)) {
                    throw new IllegalArgumentException("two extensions have the name " + name);
                }
            }
        }
        return new Extensions(entries);
    }

    /**
     * Returns an extension.
     *
     * @param <E> the class of the extension
     * @param type the class of the extension
     * @return the extension, or nothing if it is not offered
     */
    public <E extends Extension> Optional<E> get(Class<E> type) {
        for (var entry : entries) {
            if (type.isInstance(entry)) {
                return Optional.of(type.cast(entry));
            }
        }
        return Optional.empty();
    }

    /**
     * Tells whether an extension is offered.
     *
     * @param type the class of the extension
     * @return whether it is
     */
    public boolean has(Class<? extends Extension> type) {
        for (var entry : entries) {
            if (type.isInstance(entry)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the names of all extensions.
     *
     * @return ASGI's names, immutable
     */
    public Set<String> names() {
        var names = LinkedHashSet.<String>newLinkedHashSet(entries.length);
        for (var entry : entries) {
            names.add(entry.name());
        }
        return Collections.unmodifiableSet(names);
    }

    /**
     * Returns these extensions and one more, which takes the place of the one with its name.
     *
     * @param extension the extension
     * @return other extensions
     */
    public Extensions with(Extension extension) {
        var name = extension.name();
        for (int i = 0; i < entries.length; i++) {
            if (entries[i].name().equals(name)) {
                var replaced = entries.clone();
                replaced[i] = extension;
                return new Extensions(replaced);
            }
        }
        var extended = Arrays.copyOf(entries, entries.length + 1);
        extended[entries.length] = extension;
        return new Extensions(extended);
    }

    /**
     * Returns these extensions but one.
     *
     * <p>For middleware that has to see every byte of a body and therefore must not let the application send files past
     * it.
     *
     * @param type the class of the extension
     * @return other extensions, or these if it was not offered
     */
    public Extensions without(Class<? extends Extension> type) {
        return has(type)
                ? new Extensions(Arrays.stream(entries)
                        .filter(entry -> !type.isInstance(entry))
                        .toArray(Extension[]::new))
                : this;
    }

    /**
     * Tells whether the other object has equal extensions in the same order.
     *
     * @param other the other object
     * @return whether it is equal
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Extensions that && Arrays.equals(entries, that.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    /**
     * Returns the names of the extensions.
     *
     * @return for example {@code [http.response.pathsend, tls]}
     */
    @Override
    public String toString() {
        return names().toString();
    }
}
