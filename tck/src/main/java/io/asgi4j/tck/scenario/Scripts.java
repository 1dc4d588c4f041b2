package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.Step.ConnectionSignal;
import io.asgi4j.tck.script.Step.Failing;
import io.asgi4j.tck.script.Step.ForkThread;
import io.asgi4j.tck.script.Step.OnFailure;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.script.Value.KnownBytes;
import java.util.ArrayList;
import java.util.List;

/** What applications do, in words to be imported statically: {@code app(receiveUntilBodyEnds(), respond(204))}. */
public final class Scripts {
    private static final Dict NOTHING = Dict.empty();

    private Scripts() {}

    /** An application that does the same in every call. */
    public static Script app(Steps... parts) {
        return new Script(List.of(Steps.concat(parts).list()), false);
    }

    /** An application that does in its first call what the first one does, and so on; further calls do as the last. */
    public static Script calls(Script... applications) {
        var calls = new ArrayList<List<Step>>();
        for (var application : applications) {
            calls.addAll(application.calls());
        }
        return new Script(calls, false);
    }

    /** An application that is not meant to be called; if it is, it answers with status 200. */
    public static Script unreached() {
        return app(respond(200, "the application was called"));
    }

    // receive

    /** Receives one event. */
    public static Steps receive() {
        return Steps.of(new Step.Receive(1, false, OnFailure.THROW));
    }

    /** Receives until the request's body is there, or the client has left. */
    public static Steps receiveUntilBodyEnds() {
        return receiveUntil("http.request", Dict.empty().with("more_body", false));
    }

    /** Receives until an event of this type comes, or the last event of the exchange. */
    public static Steps receiveUntil(String type) {
        return receiveUntil(type, NOTHING);
    }

    /** Receives until an event of this type with these entries comes, or the last event of the exchange. */
    public static Steps receiveUntil(String type, Dict where) {
        return Steps.of(new Step.ReceiveUntil(type, where, 0, false, false, OnFailure.THROW));
    }

    /** Receives until so many events have come, or the last event of the exchange. */
    public static Steps receiveUpTo(int count) {
        return Steps.of(new Step.ReceiveUntil(null, NOTHING, count, false, false, OnFailure.THROW));
    }

    /** Traces all events once more that were {@linkplain Steps#kept kept}. */
    public static Steps reread() {
        return Steps.of(new Step.Reread());
    }

    // send

    /** An event without entries, to be given some by {@code with}. */
    public static Dict event(String type) {
        return Dict.empty().with("type", type);
    }

    /** Sends an event, legal or not. */
    public static Steps send(Dict event) {
        return Steps.of(new Step.Send(event, 1, false, OnFailure.THROW));
    }

    /** Header fields as ASGI has them. */
    public static Value headers(String... namesAndValues) {
        var pairs = new ArrayList<Value>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            pairs.add(Value.list(Value.latin1(namesAndValues[i]), Value.latin1(namesAndValues[i + 1])));
        }
        return Value.list(pairs);
    }

    /** Sends {@code http.response.start}. */
    public static Steps start(int status, String... namesAndValues) {
        return send(event("http.response.start").with("status", status).with("headers", headers(namesAndValues)));
    }

    /** Sends {@code http.response.body} with more to come. */
    public static Steps more(String text) {
        return more(Matchers.bytes(text));
    }

    /** Sends {@code http.response.body} with more to come. */
    public static Steps more(KnownBytes bytes) {
        return send(event("http.response.body").with("body", bytes).with("more_body", true));
    }

    /** Sends the last {@code http.response.body}. */
    public static Steps last(String text) {
        return last(Matchers.bytes(text));
    }

    /** Sends the last {@code http.response.body}. */
    public static Steps last(KnownBytes bytes) {
        return send(event("http.response.body").with("body", bytes));
    }

    /** Sends a last {@code http.response.body} without bytes. */
    public static Steps end() {
        return send(event("http.response.body"));
    }

    /** Sends a response without a body. */
    public static Steps respond(int status) {
        return Steps.concat(start(status), end());
    }

    /** Sends a response with a body, and without Content-Length. */
    public static Steps respond(int status, String body) {
        return Steps.concat(start(status), last(body));
    }

    /** As many bytes as asked for, which repeat the pattern. */
    public static Value.Fill fill(String pattern, int length) {
        return new Value.Fill(pattern, length);
    }

    // WebSocket

    /** Receives {@code websocket.connect} and accepts. */
    public static Steps connectAndAccept() {
        return Steps.concat(receive(), accept());
    }

    /** Sends {@code websocket.accept}. */
    public static Steps accept() {
        return send(event("websocket.accept"));
    }

    /** Sends {@code websocket.accept} with a subprotocol. */
    public static Steps accept(String subprotocol) {
        return send(event("websocket.accept").with("subprotocol", subprotocol));
    }

    /** Sends {@code websocket.accept} with header fields. */
    public static Steps acceptWith(String... namesAndValues) {
        return send(event("websocket.accept").with("headers", headers(namesAndValues)));
    }

    /** Sends {@code websocket.send} with text. */
    public static Steps sendText(String text) {
        return send(event("websocket.send").with("text", text));
    }

    /** Sends {@code websocket.send} with bytes. */
    public static Steps sendBytes(KnownBytes bytes) {
        return send(event("websocket.send").with("bytes", bytes));
    }

    /** Sends {@code websocket.close} without a code. */
    public static Steps close() {
        return send(event("websocket.close"));
    }

    /** Sends {@code websocket.close}. */
    public static Steps close(int code, String reason) {
        return send(event("websocket.close").with("code", code).with("reason", reason));
    }

    // the way on

    /** Waits for a signal of the client. */
    public static Steps await(String signal) {
        return Steps.of(new Step.Await(signal, OnFailure.THROW));
    }

    /** Lets time pass, where no signal can tell that it is time. */
    public static Steps sleep(int millis) {
        return Steps.of(new Step.Sleep(millis));
    }

    /** Ends by an exception. */
    public static Steps raise() {
        return raise("raised by the script");
    }

    /** Ends by an exception with this message. */
    public static Steps raise(String message) {
        return raise(Failing.EXCEPTION, message);
    }

    /** Ends by an exception of a kind. */
    public static Steps raise(Failing failing, String message) {
        return Steps.of(new Step.Raise(failing, message));
    }

    /** Ends here. */
    public static Steps returnNow() {
        return Steps.of(new Step.Return());
    }

    /** Does steps at the same time as those that follow. */
    public static Steps fork(String name, Steps... parts) {
        return Steps.of(
                new Step.Fork(name, ForkThread.USUAL, Steps.concat(parts).list()));
    }

    /** Does steps on a platform thread at the same time as those that follow. */
    public static Steps forkOnPlatformThread(String name, Steps... parts) {
        return Steps.of(
                new Step.Fork(name, ForkThread.PLATFORM, Steps.concat(parts).list()));
    }

    /** Waits for the end of a fork. */
    public static Steps join(String fork) {
        return Steps.of(new Step.Join(fork, OnFailure.THROW));
    }

    /** Interrupts the thread of a fork, or of {@link Step.Fork#MAIN}. */
    public static Steps interrupt(String fork) {
        return Steps.of(new Step.Interrupt(fork));
    }

    /** Does steps several times. */
    public static Steps repeat(int times, Steps... parts) {
        return Steps.of(new Step.Repeat(times, Steps.concat(parts).list()));
    }

    // scope, state, connection, files

    /** Traces the scope once more. */
    public static Steps traceScope() {
        return Steps.of(new Step.TraceScope());
    }

    /** Tries to change the scope in place. */
    public static Steps mutateScope() {
        return Steps.of(new Step.MutateScope());
    }

    /** Puts a value into the state. */
    public static Steps statePut(String key, Value value) {
        return Steps.of(new Step.StatePut(key, value));
    }

    /** Traces a value of the state. */
    public static Steps stateGet(String key) {
        return Steps.of(new Step.StateGet(key));
    }

    /** Takes a value out of the state. */
    public static Steps stateRemove(String key) {
        return Steps.of(new Step.StateRemove(key));
    }

    /** Appends to a list in the state. */
    public static Steps stateAppend(String key, Value value) {
        return Steps.of(new Step.StateAppend(key, value));
    }

    /** Waits until the client is gone, as the scope's connection tells. */
    public static Steps awaitDisconnected() {
        return Steps.of(new Step.ConnectionAwait(ConnectionSignal.DISCONNECTED, OnFailure.THROW));
    }

    /** Waits until the server shuts down, as the scope's connection tells. */
    public static Steps awaitDraining() {
        return Steps.of(new Step.ConnectionAwait(ConnectionSignal.DRAINING, OnFailure.THROW));
    }

    /** Traces whether a signal of the connection is set. */
    public static Steps check(ConnectionSignal signal) {
        return Steps.of(new Step.ConnectionCheck(signal));
    }

    /** Registers an action for a signal of the connection, which traces that it ran. */
    public static Steps onSet(ConnectionSignal signal, String name) {
        return Steps.of(new Step.ConnectionOnSet(signal, name, false));
    }

    /** Registers an action for a signal of the connection, which traces that it ran, and throws. */
    public static Steps onSetRaising(ConnectionSignal signal, String name) {
        return Steps.of(new Step.ConnectionOnSet(signal, name, true));
    }

    /** Makes a temporary file. */
    public static Steps file(String name, KnownBytes content) {
        return Steps.of(new Step.MakeFile(name, content));
    }

    /** Traces size, position and openness of a file. */
    public static Steps checkFile(String name) {
        return Steps.of(new Step.CheckFile(name));
    }

    // lifespan

    /** The lifespan of a good application that does these steps before its start-up is complete. */
    public static Script lifespan(Steps... starting) {
        return app(receive(), Steps.concat(starting), startupComplete(), receive(), shutdownComplete());
    }

    /** Sends {@code lifespan.startup.complete}. */
    public static Steps startupComplete() {
        return send(event("lifespan.startup.complete"));
    }

    /** Sends {@code lifespan.startup.failed}. */
    public static Steps startupFailed(String message) {
        return send(event("lifespan.startup.failed").with("message", message));
    }

    /** Sends {@code lifespan.shutdown.complete}. */
    public static Steps shutdownComplete() {
        return send(event("lifespan.shutdown.complete"));
    }

    /** Sends {@code lifespan.shutdown.failed}. */
    public static Steps shutdownFailed(String message) {
        return send(event("lifespan.shutdown.failed").with("message", message));
    }
}
