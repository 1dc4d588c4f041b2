package io.asgi4j.benchmarks.profile;

import java.util.regex.Pattern;

/** A layer of what runs in a server's process. */
public enum Part {
    KERNEL("the kernel: sockets, TCP, loopback, scheduling"),
    NETTY("Netty", "io\\.netty\\."),
    SERVER("asgi4j's server", "io\\.asgi4j\\.server\\."),
    PROTOCOL("asgi4j's events and headers", "io\\.asgi4j\\.spec\\."),
    APPLICATION("the application", "io\\.asgi4j\\.benchmarks\\."),
    VIRTUAL_THREADS(
            "the JDK's virtual threads",
            "java\\.lang\\.(VirtualThread|BaseVirtualThread|ThreadBuilders|Thread\\.)|jdk\\.internal\\.vm\\.|thaw<|freeze<"),
    JDK("other code of the JDK", "(java|javax|jdk|sun)\\."),
    JVM("the JVM: garbage collection, compilation, stubs"),
    LIBRARIES("the C library, and the way into the kernel");

    private final String title;
    /** How the names of its functions begin. */
    private final Pattern functions;

    /** A part that is told by the object its functions are in. */
    Part(String title) {
        this(title, "(?!)");
    }

    Part(String title, String functions) {
        this.title = title;
        this.functions = Pattern.compile(functions);
    }

    /** {@return what stands in a table} */
    public String title() {
        return title;
    }

    /** Returns the part that a function belongs to, by the object it was found in and the name that perf gives it. */
    static Part of(String object, String symbol) {
        if (object.startsWith("[kernel") || object.startsWith("[guest.kernel")) {
            return KERNEL;
        }
        var name = function(symbol);
        for (var part : values()) {
            if (part.functions.matcher(name).lookingAt()) {
                return part;
            }
        }
        return object.startsWith("[JIT]") || object.startsWith("libjvm") ? JVM : LIBRARIES;
    }

    /** {@code [.] void a.b.C.d(e.F, int)} is about {@code a.b.C.d}. */
    private static String function(String symbol) {
        var end = symbol.indexOf('(');
        var declaration = end < 0 ? symbol : symbol.substring(0, end);
        return declaration.substring(declaration.lastIndexOf(' ') + 1);
    }
}
