package io.asgi4j.tck.app;

import io.asgi4j.spec.Connection;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Signal;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.tck.script.Operations;
import io.asgi4j.tck.script.OutboundEvents;
import io.asgi4j.tck.script.StateValues;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.Step.ConnectionSignal;
import io.asgi4j.tck.script.Step.OnFailure;
import io.asgi4j.tck.script.TraceEntry.Failure;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.script.WireForm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Does steps one after the other: those of a call, or of one of its forks. Only its own thread calls it, apart from its name. */
final class Strand {
    /** Something that may block, and fail. */
    private interface Attempt {
        void run() throws Exception;
    }

    private final Call call;
    private final String name;

    Strand(Call call, String name) {
        this.call = call;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Does the steps and traces how they ended. */
    void run(List<Step> steps) throws Exception {
        try {
            perform(steps);
            trace(Kind.RETURNED, Dict.empty());
        } catch (Exception | Error e) {
            trace(Kind.RAISED, null, e, Dict.empty());
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
            case Step.ConnectionAwait await -> connectionAwait(await);
            case Step.ConnectionCheck check -> connectionCheck(check);
            case Step.ConnectionOnSet onSet -> connectionOnSet(onSet);
            case Step.StatePut put -> statePut(put);
            case Step.StateGet get -> stateGet(get.key());
            case Step.StateRemove remove -> call.scope().state().remove(remove.key());
            case Step.StateAppend append -> stateAppend(append);
            case Step.TraceScope scope -> trace(Kind.SCOPE, WireForm.of(call.scope()), null, Dict.empty());
            case Step.MutateScope mutate -> trace(Kind.MUTATED, ScopeMutation.of(call.scope()));
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
                trace(Kind.RECEIVED, WireForm.of(event), null, Dict.empty());
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
                    trace(Kind.RECEIVED, form, null, Dict.empty());
                } else if (last) {
                    trace(Kind.RECEIVED, form, null, summary.describe());
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
        trace(Kind.REREAD, WireForm.of(event), null, Dict.empty().with("writable", ScopeMutation.isWritable(event)));
    }

    private void send(Step.Send step) throws Exception {
        OutboundEvent event;
        try {
            event = OutboundEvents.make(step.event(), call.files());
        } catch (IllegalArgumentException | ArithmeticException | IOException e) {
            trace(Kind.SEND_FAILED, step.event(), e, Dict.empty().with("constructed", false));
            pass(step.onFailure(), e);
            return;
        }
        for (int i = 0; i < step.times(); i++) {
            var sent = i;
            var taken = attempt(step, step.onFailure(), Kind.SEND_FAILED, () -> {
                call.send().send(event);
                if (!step.summarise()) {
                    trace(Kind.SENT, step.event(), null, Dict.empty());
                } else if (sent == step.times() - 1) {
                    trace(Kind.SENT, step.event(), null, Dict.empty().with("count", step.times()));
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
                trace(Kind.SIGNALLED, Dict.empty().with("signal", step.signal()));
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
            trace(Kind.JOINED, Dict.empty().with("joined", step.fork()));
        });
    }

    private void interrupt(Step.Interrupt step) {
        var thread = call.thread(step.fork());
        if (thread == null) {
            unsupported(step, "there is no thread " + step.fork());
        } else {
            thread.interrupt();
        }
    }

    private void connectionAwait(Step.ConnectionAwait step) throws Exception {
        var signal = signal(step, step.signal());
        if (signal != null) {
            attempt(step, step.onFailure(), Kind.RAISED, () -> {
                signal.await();
                traceConnection(step.signal(), signal);
            });
        }
    }

    private void connectionCheck(Step.ConnectionCheck step) {
        var signal = signal(step, step.signal());
        if (signal != null) {
            traceConnection(step.signal(), signal);
        }
    }

    private void traceConnection(ConnectionSignal name, Signal signal) {
        trace(Kind.CONNECTION, Dict.empty().with("signal", lowerCase(name)).with("set", signal.isSet()));
    }

    private void connectionOnSet(Step.ConnectionOnSet step) {
        var signal = signal(step, step.signal());
        if (signal != null) {
            signal.onSet(() -> {
                trace(
                        Kind.ACTION,
                        Dict.empty().with("signal", lowerCase(step.signal())).with("name", step.name()));
                if (step.raise()) {
                    throw new ScriptedException("raised by action " + step.name());
                }
            });
        }
    }

    private @Nullable Signal signal(Step step, ConnectionSignal signal) {
        Connection connection = call.connection();
        if (connection == null) {
            unsupported(step, "a scope of type " + call.scope().type() + " has no connection");
            return null;
        }
        return switch (signal) {
            case DISCONNECTED -> connection.disconnected();
            case DRAINING -> connection.draining();
        };
    }

    private void statePut(Step.StatePut step) {
        var object = StateValues.toObject(step.value());
        if (object == null) {
            unsupported(step, "a State holds no null");
        } else {
            call.scope().state().put(step.key(), object);
        }
    }

    private void stateGet(String key) {
        var value = call.scope().state().asMap().get(key);
        trace(
                Kind.STATE,
                Dict.empty().with("key", key).with("present", value != null).with("value", StateValues.toValue(value)));
    }

    @SuppressWarnings("unchecked") // lists are put into the state by scripts only, which put lists of any objects
    private void stateAppend(Step.StateAppend step) {
        if (call.scope().state().asMap().get(step.key()) instanceof List<?> list) {
            ((List<@Nullable Object>) list).add(StateValues.toObject(step.value()));
        } else {
            unsupported(step, "the state holds no list under " + step.key());
        }
    }

    private void checkFile(Step.CheckFile step) throws IOException {
        var channel = call.files().open(step.name());
        trace(
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

    private void unsupported(Step step, String reason) {
        trace(Kind.UNSUPPORTED, Dict.empty().with("op", Operations.of(step)).with("reason", reason));
    }

    /** Tries something that may block; returns false if it failed and the script tolerates that. */
    private boolean attempt(Step step, OnFailure onFailure, Kind failed, Attempt attempt) throws Exception {
        call.scenario().waits(this, call.number(), Operations.of(step));
        try {
            attempt.run();
            return true;
        } catch (InterruptedException e) {
            trace(Kind.INTERRUPTED, null, e, Dict.empty().with("op", Operations.of(step)));
            return pass(onFailure, e);
        } catch (Exception e) {
            trace(failed, step instanceof Step.Send send ? send.event() : null, e, Dict.empty());
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

    private void trace(Kind kind, Dict details) {
        trace(kind, null, null, details);
    }

    private void trace(Kind kind, @Nullable Dict event, @Nullable Throwable error, Dict details) {
        call.trace(name, kind, event, error == null ? null : failure(error), details);
    }

    private static Failure failure(Throwable error) {
        return new Failure(
                error.getClass().getName(),
                Bounded.message(Objects.requireNonNullElse(error.getMessage(), "")),
                error instanceof IOException);
    }

    private static String lowerCase(ConnectionSignal signal) {
        return signal.name().toLowerCase(Locale.ROOT);
    }
}
