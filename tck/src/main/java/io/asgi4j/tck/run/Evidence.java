package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.wire.Transcript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was seen while a scenario ran.
 *
 * @param wire what went over the wire; its clock begins with the scenario
 * @param trace what happened to the application
 * @param lifespan what happened in the application's lifespan call, if the scenario is about that
 * @param applicationZero where the application's clock stood on the clock of the wire when it said 0, in milliseconds
 * @param clockPrecision how far that may be from the truth, in milliseconds
 * @param curl the command lines that do the same; empty if curl cannot
 * @param output what the server told its operator, if the scenario had one of its own
 */
public record Evidence(
        List<Transcript.Entry> wire,
        TraceView trace,
        List<TraceEntry> lifespan,
        double applicationZero,
        double clockPrecision,
        List<String> curl,
        String output) {
    /** Nothing was seen. */
    public static final Evidence NONE = new Evidence(List.of(), TraceView.EMPTY, List.of(), 0, 0, List.of(), "");

    /** Copies the lists. */
    public Evidence {
        wire = List.copyOf(wire);
        lifespan = List.copyOf(lifespan);
        curl = List.copyOf(curl);
    }

    /** The same, and what the server told its operator. */
    Evidence withOutput(String text) {
        return new Evidence(wire, trace, lifespan, applicationZero, clockPrecision, curl, text);
    }

    /** Something that happened, on the wire or to the application. */
    public sealed interface Moment {
        /** When, in milliseconds since the scenario began. */
        double millis();
    }

    /** Something on the wire. */
    public record OnWire(double millis, Transcript.Entry entry) implements Moment {}

    /** Something that happened to the application. */
    public record InApplication(double millis, TraceEntry entry) implements Moment {}

    /** When an entry of a trace happened, in milliseconds since the scenario began. */
    public double millis(TraceEntry entry) {
        return applicationZero + entry.ms();
    }

    /** Everything on one clock. */
    public List<Moment> timeline() {
        var moments = new ArrayList<Moment>();
        wire.forEach(entry -> moments.add(new OnWire(entry.nanos() / 1e6, entry)));
        trace.entries().forEach(entry -> moments.add(new InApplication(millis(entry), entry)));
        lifespan.forEach(entry -> moments.add(new InApplication(millis(entry), entry)));
        moments.sort(Comparator.comparingDouble(Moment::millis));
        return moments;
    }
}
