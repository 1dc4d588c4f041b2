package io.asgi4j.benchmarks.micro;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the micro-benchmarks with the same settings for all. */
public final class MicroBenchmarks {
    private static final int FORKS = 2;
    private static final int ITERATIONS = 3;
    private static final TimeValue ITERATION = TimeValue.seconds(1);
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private MicroBenchmarks() {}

    /**
     * What one benchmark came to.
     *
     * @param name class and method, with the parameters
     * @param nanos nanoseconds for one operation, on average
     * @param error half of the 99.9 % confidence interval, in nanoseconds
     * @param bytes bytes allocated by one operation
     */
    public record Figure(String name, double nanos, double error, double bytes) {
        private static Figure of(RunResult run) {
            var parameters = run.getParams();
            var name = new StringBuilder(parameters.getBenchmark().replaceFirst("^([a-z0-9]+\\.)+", ""));
            parameters.getParamsKeys().forEach(key -> name.append(", ").append(parameters.getParam(key)));
            var time = run.getPrimaryResult();
            var allocation = requireNonNull(run.getSecondaryResults().get(ALLOCATION));
            return new Figure(name.toString(), time.getScore(), time.getScoreError(), allocation.getScore());
        }
    }

    /**
     * Runs all of them; takes about four minutes.
     *
     * @throws RunnerException if one fails
     */
    public static List<Figure> run() throws RunnerException {
        return figures(new Runner(new OptionsBuilder()
                        .include("^io\\.asgi4j\\.")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(FORKS)
                        .warmupIterations(ITERATIONS)
                        .warmupTime(ITERATION)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(ITERATION)
                        .addProfiler(GCProfiler.class)
                        .jvmArgs(
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djmh.executor=CUSTOM",
                                "-Djmh.executor.class=" + LoopThreads.class.getName(),
                                "-Xmx512m")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run());
    }

    private static List<Figure> figures(Collection<RunResult> runs) {
        return runs.stream().map(Figure::of).toList();
    }
}
