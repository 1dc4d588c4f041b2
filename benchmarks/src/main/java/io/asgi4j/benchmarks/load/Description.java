package io.asgi4j.benchmarks.load;

/**
 * What a load is called and how its figures are shown.
 *
 * @param name on the command line and in the raw figures
 * @param title in the report
 * @param group what it stands beside
 * @param figure what it is about
 * @param size where it stands on the axis of its group's chart; 0 if there is no such chart
 */
public record Description(String name, String title, Group group, Figure figure, int size) {
    Description(String name, String title, Group group, Figure figure) {
        this(name, title, group, figure, 0);
    }

    /** A load that is about how much the server can do. */
    static Description throughput(String name, String title, Group group) {
        return new Description(name, title, group, Figure.THROUGHPUT);
    }

    /** One of many loads that differ in a size, and that are about the cost of a request. */
    static Description cost(String name, int size, String title, Group group) {
        return new Description(name + "-" + size, title.formatted(size), group, Figure.CPU, size);
    }
}
