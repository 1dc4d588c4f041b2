package io.asgi4j.benchmarks.load;

/** Something that is measured. */
public enum Figure {
    THROUGHPUT("requests/s", Better.MORE),
    CPU("CPU µs/request", Better.LESS),
    P50("p50 ms", Better.LESS),
    P99("p99 ms", Better.LESS),
    P999("p99.9 ms", Better.LESS),
    RESIDENT("RSS MiB", Better.LESS),
    HEAP_PER_CONNECTION("heap bytes/connection", Better.LESS),
    RESIDENT_PER_CONNECTION("RSS bytes/connection", Better.LESS),
    FIRST_ANSWER("ms to first answer", Better.LESS),
    /** How much later than intended the generator sent one in a hundred of its requests. */
    LATE("generator late, p99 ms", Better.NEITHER),
    /** How much of its processor the server used, from 0 to 1. */
    SERVER_BUSY("server busy", Better.NEITHER),
    /** How much of its processor the generator used, from 0 to 1. */
    GENERATOR_BUSY("generator busy", Better.NEITHER),
    /** How much of the server's processor something else used, from 0 to 1: what disturbed the measurement. */
    OTHERS_BUSY("others", Better.NEITHER);

    /** Which of two figures is the better one. */
    public enum Better {
        MORE,
        LESS,
        NEITHER
    }

    private final String unit;
    private final Better better;

    Figure(String unit, Better better) {
        this.unit = unit;
        this.better = better;
    }

    public String unit() {
        return unit;
    }

    public Better better() {
        return better;
    }
}
