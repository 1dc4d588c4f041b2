package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.Step.OnFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Some steps of an application's script; {@link Scripts} makes them, and the methods here vary them. */
public record Steps(List<Step> list) {
    /** Copies the list. */
    public Steps {
        list = List.copyOf(list);
    }

    static Steps of(Step... steps) {
        return new Steps(List.of(steps));
    }

    static Steps concat(Steps... parts) {
        var all = new ArrayList<Step>();
        for (var part : parts) {
            all.addAll(part.list);
        }
        return new Steps(all);
    }

    /** The same so many times; a single send or receive is repeated up to its first failure. */
    public Steps times(int times) {
        if (list.size() != 1) {
            return of(new Step.Repeat(times, list));
        }
        return switch (list.getFirst()) {
            case Step.Send send -> of(new Step.Send(send.event(), times, send.summarise(), send.onFailure()));
            case Step.Receive receive -> of(new Step.Receive(times, receive.keep(), receive.onFailure()));
            case Step other -> of(new Step.Repeat(times, list));
        };
    }

    /** The same, and if it fails the application goes on with the next step. */
    public Steps tolerant() {
        return onFailure(OnFailure.TOLERATE);
    }

    /** The same, and what it throws leaves the application as the cause of another exception. */
    public Steps wrapping() {
        return onFailure(OnFailure.WRAP);
    }

    /** The same, and the events are kept to be looked at again. */
    public Steps kept() {
        return changed(step -> switch (step) {
            case Step.Receive receive -> new Step.Receive(receive.times(), true, receive.onFailure());
            case Step.ReceiveUntil until ->
                new Step.ReceiveUntil(
                        until.type(), until.where(), until.count(), until.summarise(), true, until.onFailure());
            case Step other -> other;
        });
    }

    /** The same, and the trace holds one entry with the sums instead of one for each event. */
    public Steps summarised() {
        return changed(step -> switch (step) {
            case Step.Send send -> new Step.Send(send.event(), send.times(), true, send.onFailure());
            case Step.ReceiveUntil until ->
                new Step.ReceiveUntil(
                        until.type(), until.where(), until.count(), true, until.keep(), until.onFailure());
            case Step other -> other;
        });
    }

    private Steps onFailure(OnFailure failure) {
        return changed(step -> switch (step) {
            case Step.Send send -> new Step.Send(send.event(), send.times(), send.summarise(), failure);
            case Step.Receive receive -> new Step.Receive(receive.times(), receive.keep(), failure);
            case Step.ReceiveUntil until ->
                new Step.ReceiveUntil(
                        until.type(), until.where(), until.count(), until.summarise(), until.keep(), failure);
            case Step.Await await -> new Step.Await(await.signal(), failure);
            case Step.Join join -> new Step.Join(join.fork(), failure);
            case Step.ConnectionAwait await -> new Step.ConnectionAwait(await.signal(), failure);
            case Step other -> other;
        });
    }

    private Steps changed(UnaryOperator<Step> change) {
        return new Steps(list.stream().map(change).toList());
    }
}
