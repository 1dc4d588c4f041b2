package io.asgi4j.benchmarks.load;

/**
 * What a load is called and how its figures are shown.
 *
 * @param name on the command line and in the raw figures
 * @param title in the report
 * @param group what it stands beside
 * @param figure what it is about; the report draws this one
 */
public record Description(String name, String title, Group group, Figure figure) {
    static Description of(String name, String title, Group group) {
        return new Description(name, title, group, Figure.THROUGHPUT);
    }
}
