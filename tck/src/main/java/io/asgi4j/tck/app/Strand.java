package io.asgi4j.tck.app;

import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.tck.script.Operations;
import io.asgi4j.tck.script.OutboundEvents;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.Step.OnFailure;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.script.WireForm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Does steps one after the other: those of a call, or of one of its forks. Only its own thread calls it, apart from its name. */
final class Strand {
    /** Something that may block, and fail. */
    private interface Attempt {
        void run() throws Exception;
    }

    private final Call call;
    private final String name;
    private final ForkTrace trace;
    private final StateSteps state;
    private final ConnectionSteps connection;

    Strand(Call call, String name) {
        this.call = call;
        this.name = name;
        this.trace = new ForkTrace(call, name);
        this.state = new StateSteps(call.scope().state(), trace);
        this.connection = new ConnectionSteps(call, trace);
    }

    String name() {
        return name;
    }

    /** Does the steps and traces how they ended. */
    void run(List<Step> steps) throws Exception {
        try {
            perform(steps);
            trace.add(Kind.RETURNED, Dict.empty());
        } catch (Exception | Error e) {
            trace.add(Kind.RAISED, null, e, Dict.empty());
            throw e;
        }
    }

    /** Returns false if nothing may follow. */
    private boolean perform(List<Step> steps) throws Exception {
        for (var step : steps) {
            if (!perform(step)) {
                return false;
            }
        }
        return true;
    }

    private boolean perform(Step step) throws Exception {
        switch (step) {
            case Step.Receive receive -> receive(receive);
            case Step.ReceiveUntil until -> receiveUntil(until);
            case Step.Send send -> send(send);
            case Step.Await await -> {
                return await(await);
            }
            case Step.Sleep sleep -> attempt(step, OnFailure.THROW, Kind.RAISED, () -> Thread.sleep(sleep.millis()));
            case Step.Raise raise -> raise(raise);
            case Step.Return end -> {
                return false;
            }
            case Step.Fork fork -> call.fork(fork);
            case Step.Join join -> join(join);
            case Step.Interrupt interrupt -> interrupt(interrupt);
            case Step.ConnectionAwait await ->
                attempt(step, await.onFailure(), Kind.RAISED, () -> connection.await(await));
            case Step.ConnectionCheck check -> connection.check(check);
            case Step.ConnectionOnSet onSet -> connection.onSet(onSet);
            case Step.StatePut put -> state.put(put);
            case Step.StateGet get -> state.get(get);
            case Step.StateRemove remove -> state.remove(remove);
            case Step.StateAppend append -> state.append(append);
            case Step.TraceScope scope -> trace.add(Kind.SCOPE, WireForm.of(call.scope()), null, Dict.empty());
            case Step.MutateScope mutate -> trace.add(Kind.MUTATED, ScopeMutation.of(call.scope()));
            case Step.Reread reread -> call.kept().forEach(this::reread);
            case Step.MakeFile file ->
                call.scenario().files().make(file.name(), file.content().toByteArray());
            case Step.CheckFile file -> checkFile(file);
            case Step.Repeat repeat -> {
                for (int i = 0; i < repeat.times(); i++) {
                    if (!perform(repeat.steps())) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private void receive(Step.Receive step) throws Exception {
        for (int i = 0; i < step.times(); i++) {
            attempt(step, step.onFailure(), Kind.RECEIVE_FAILED, () -> {
                var event = call.receive().receive();
                keep(event, step.keep());
                trace.add(Kind.RECEIVED, WireForm.of(event), null, Dict.empty());
            });
        }
    }

    private void receiveUntil(Step.ReceiveUntil step) throws Exception {
        var summary = new Summary();
        attempt(step, step.onFailure(), Kind.RECEIVE_FAILED, () -> {
            while (true) {
                var event = call.receive().receive();
                keep(event, step.keep());
                var form = WireForm.of(event);
                summary.add(form);
                var last = summary.isEnd(step);
                if (!step.summarise()) {
                    trace.add(Kind.RECEIVED, form, null, Dict.empty());
                } else if (last) {
                    trace.add(Kind.RECEIVED, form, null, summary.describe());
                }
                if (last) {
                    return;
                }
            }
        });
    }

    private void keep(InboundEvent event, boolean keep) {
        if (keep) {
            call.kept().add(event);
        }
    }

    private void reread(InboundEvent event) {
        trace.add(
                Kind.REREAD, WireForm.of(event), null, Dict.empty().with("writable", ScopeMutation.isWritable(event)));
    }

    private void send(Step.Send step) throws Exception {
        OutboundEvent event;
        try {
            event = OutboundEvents.make(step.event(), call.files());
        } catch (IllegalArgumentException | ArithmeticException | IOException e) {
            trace.add(Kind.SEND_FAILED, step.event(), e, Dict.empty().with("constructed", false));
            pass(step.onFailure(), e);
            return;
        }
        for (int i = 0; i < step.times(); i++) {
            var sent = i;
            var taken = attempt(step, step.onFailure(), Kind.SEND_FAILED, () -> {
                call.send().send(event);
                if (!step.summarise()) {
                    trace.add(Kind.SENT, step.event(), null, Dict.empty());
                } else if (sent == step.times() - 1) {
                    trace.add(Kind.SENT, step.event(), null, Dict.empty().with("count", step.times()));
                }
            });
            if (!taken) {
                return;
            }
        }
    }

    private boolean await(Step.Await step) throws Exception {
        var given = new boolean[1];
        var ended = attempt(step, step.onFailure(), Kind.RAISED, () -> {
            given[0] = call.scenario().signals().await(step.signal());
            if (given[0]) {
                trace.add(Kind.SIGNALLED, Dict.empty().with("signal", step.signal()));
            }
        });
        return given[0] || !ended;
    }

    private void join(Step.Join step) throws Exception {
        var thread = call.thread(step.fork());
        attempt(step, step.onFailure(), Kind.RAISED, () -> {
            if (thread != null) {
                thread.join();
            }
            trace.add(Kind.JOINED, Dict.empty().with("joined", step.fork()));
        });
    }

    private void interrupt(Step.Interrupt step) {
        var thread = call.thread(step.fork());
        if (thread == null) {
            trace.unsupported(step, "there is no thread " + step.fork());
        } else {
            thread.interrupt();
        }
    }

    private void checkFile(Step.CheckFile step) throws IOException {
        var channel = call.files().open(step.name());
        trace.add(
                Kind.FILE,
                Dict.empty()
                        .with("name", step.name())
                        .with("open", channel.isOpen())
                        .with("position", channel.isOpen() ? channel.position() : -1)
                        .with("size", Files.size(call.files().path(step.name()))));
    }

    private void raise(Step.Raise step) throws IOException {
        switch (step.failing()) {
            case EXCEPTION -> throw new ScriptedException(step.message());
            case IO -> throw new IOException(step.message());
            case UNSUPPORTED_SCOPE -> throw new UnsupportedScopeException(call.scope());
            case ERROR -> throw new AssertionError(step.message());
        }
    }

    /** Tries something that may block; returns false if it failed and the script tolerates that. */
    private boolean attempt(Step step, OnFailure onFailure, Kind failed, Attempt attempt) throws Exception {
        call.scenario().waits(this, call.number(), Operations.of(step));
        try {
            attempt.run();
            return true;
        } catch (InterruptedException e) {
            trace.add(Kind.INTERRUPTED, null, e, Dict.empty().with("op", Operations.of(step)));
            return pass(onFailure, e);
        } catch (Exception e) {
            trace.add(failed, step instanceof Step.Send send ? send.event() : null, e, Dict.empty());
            return pass(onFailure, e);
        } finally {
            call.scenario().waitsNoMore(this);
        }
    }

    private static boolean pass(OnFailure onFailure, Exception failure) throws Exception {
        return switch (onFailure) {
            case THROW -> throw failure;
            case WRAP -> throw new ScriptedException("wrapped by the script", failure);
            case TOLERATE -> false;
        };
    }
}
