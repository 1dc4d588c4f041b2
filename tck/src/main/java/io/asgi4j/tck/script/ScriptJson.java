package io.asgi4j.tck.script;

import io.asgi4j.tck.script.Step.ConnectionSignal;
import io.asgi4j.tck.script.Step.Failing;
import io.asgi4j.tck.script.Step.ForkThread;
import io.asgi4j.tck.script.Step.OnFailure;
import io.asgi4j.tck.script.Value.Dict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Scripts as JSON. Keys that have their default are left out. */
public final class ScriptJson {
    /** How deep steps may stand inside other steps. */
    private static final int MAX_DEPTH = 8;

    private ScriptJson() {}

    /** {@return a script as JSON} */
    public static ObjectNode write(Script script) {
        var object = Json.object();
        var calls = object.putArray("calls");
        script.calls().forEach(steps -> calls.add(write(steps)));
        if (script.print()) {
            object.put("print", true);
        }
        return object;
    }

    private static ArrayNode write(List<Step> steps) {
        var array = Json.array();
        steps.forEach(step -> array.add(write(step)));
        return array;
    }

    /** {@return a step as JSON} */
    public static ObjectNode write(Step step) {
        var json = Json.object().put("op", Operations.op(step));
        switch (step) {
            case Step.Receive receive -> {
                times(json, receive.times());
                flag(json, "keep", receive.keep());
                onFailure(json, receive.onFailure());
            }
            case Step.ReceiveUntil until -> {
                if (until.type() != null) {
                    json.put("type", until.type());
                }
                if (!until.where().entries().isEmpty()) {
                    json.set("where", ValueJson.write(until.where()));
                }
                if (until.count() != 0) {
                    json.put("count", until.count());
                }
                flag(json, "summarise", until.summarise());
                flag(json, "keep", until.keep());
                onFailure(json, until.onFailure());
            }
            case Step.Send send -> {
                json.set("event", ValueJson.write(send.event()));
                times(json, send.times());
                flag(json, "summarise", send.summarise());
                onFailure(json, send.onFailure());
            }
            case Step.Await await -> onFailure(json.put("signal", await.signal()), await.onFailure());
            case Step.Sleep sleep -> json.put("ms", sleep.millis());
            case Step.Raise raise -> json.put("failing", name(raise.failing())).put("message", raise.message());
            case Step.Fork fork -> {
                json.put("name", fork.name());
                if (fork.thread() != ForkThread.USUAL) {
                    json.put("thread", name(fork.thread()));
                }
                json.set("steps", write(fork.steps()));
            }
            case Step.Join join -> onFailure(json.put("fork", join.fork()), join.onFailure());
            case Step.Interrupt interrupt -> json.put("fork", interrupt.fork());
            case Step.ConnectionAwait await -> onFailure(json.put("signal", name(await.signal())), await.onFailure());
            case Step.ConnectionCheck check -> json.put("signal", name(check.signal()));
            case Step.ConnectionOnSet onSet ->
                flag(json.put("signal", name(onSet.signal())).put("name", onSet.name()), "raise", onSet.raise());
            case Step.StatePut put -> json.put("key", put.key()).set("value", ValueJson.write(put.value()));
            case Step.StateGet get -> json.put("key", get.key());
            case Step.StateRemove remove -> json.put("key", remove.key());
            case Step.StateAppend append -> json.put("key", append.key()).set("value", ValueJson.write(append.value()));
            case Step.MakeFile file -> json.put("name", file.name()).set("content", ValueJson.write(file.content()));
            case Step.CheckFile file -> json.put("name", file.name());
            case Step.Repeat repeat -> {
                times(json, repeat.times());
                json.set("steps", write(repeat.steps()));
            }
            case Step.Return end -> {}
            case Step.TraceScope scope -> {}
            case Step.MutateScope mutate -> {}
            case Step.Reread reread -> {}
        }
        return json;
    }

    private static void times(ObjectNode json, int times) {
        if (times != 1) {
            json.put("times", times);
        }
    }

    private static void flag(ObjectNode json, String key, boolean flag) {
        if (flag) {
            json.put(key, true);
        }
    }

    private static void onFailure(ObjectNode json, OnFailure onFailure) {
        if (onFailure != OnFailure.THROW) {
            json.put("on_failure", name(onFailure));
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a script.
     *
     * @throws ScriptException if the JSON is none
     */
    public static Script read(JsonNode node) {
        var json = new Fields(node, "script");
        var calls = new ArrayList<List<Step>>();
        for (var steps : json.array("calls")) {
            calls.add(steps(steps, 0));
        }
        var print = json.flag("print");
        json.end();
        return checked("script", () -> new Script(calls, print));
    }

    /**
     * Reads the text of a script.
     *
     * @throws ScriptException if it is none
     */
    public static Script parse(String text) {
        return read(Json.read(text));
    }

    private static List<Step> steps(JsonNode array, int depth) {
        if (!array.isArray()) {
            throw new ScriptException("the steps of a call or of a step must be an array");
        }
        if (depth > MAX_DEPTH) {
            throw new ScriptException("steps may not stand deeper than " + MAX_DEPTH + " inside one another");
        }
        var steps = new ArrayList<Step>();
        array.forEach(step -> steps.add(step(step, depth)));
        return steps;
    }

    private static Step step(JsonNode node, int depth) {
        var op = new Fields(node, "step").text("op");
        var json = new Fields(node, op);
        var step = checked(op, () -> step(op, json, depth));
        json.end();
        return step;
    }

    private static Step step(String op, Fields json, int depth) {
        return switch (op) {
            case "receive" -> new Step.Receive(json.whole("times", 1), json.flag("keep"), onFailure(json));
            case "receive_until" ->
                new Step.ReceiveUntil(
                        json.optionalText("type"),
                        json.has("where") ? ValueJson.readDict(json.node("where")) : Dict.empty(),
                        json.whole("count", 0),
                        json.flag("summarise"),
                        json.flag("keep"),
                        onFailure(json));
            case "send" ->
                new Step.Send(
                        ValueJson.readDict(json.node("event")),
                        json.whole("times", 1),
                        json.flag("summarise"),
                        onFailure(json));
            case "await" -> new Step.Await(json.text("signal"), onFailure(json));
            case "sleep" -> new Step.Sleep(json.whole("ms", -1));
            case "raise" ->
                new Step.Raise(json.constant("failing", Failing.EXCEPTION, Failing.values()), json.text("message"));
            case "return" -> new Step.Return();
            case "fork" ->
                new Step.Fork(
                        json.text("name"),
                        json.constant("thread", ForkThread.USUAL, ForkThread.values()),
                        steps(json.node("steps"), depth + 1));
            case "join" -> new Step.Join(json.text("fork"), onFailure(json));
            case "interrupt" -> new Step.Interrupt(json.text("fork"));
            case "connection_await" -> new Step.ConnectionAwait(signal(json), onFailure(json));
            case "connection_check" -> new Step.ConnectionCheck(signal(json));
            case "connection_on_set" -> new Step.ConnectionOnSet(signal(json), json.text("name"), json.flag("raise"));
            case "state_put" -> new Step.StatePut(json.text("key"), ValueJson.read(json.node("value")));
            case "state_get" -> new Step.StateGet(json.text("key"));
            case "state_remove" -> new Step.StateRemove(json.text("key"));
            case "state_append" -> new Step.StateAppend(json.text("key"), ValueJson.read(json.node("value")));
            case "scope" -> new Step.TraceScope();
            case "mutate_scope" -> new Step.MutateScope();
            case "reread" -> new Step.Reread();
            case "file" -> new Step.MakeFile(json.text("name"), content(json));
            case "file_check" -> new Step.CheckFile(json.text("name"));
            case "repeat" -> new Step.Repeat(json.whole("times", 1), steps(json.node("steps"), depth + 1));
            default -> throw new ScriptException("no operation is called " + op);
        };
    }

    private static OnFailure onFailure(Fields json) {
        return json.constant("on_failure", OnFailure.THROW, OnFailure.values());
    }

    private static ConnectionSignal signal(Fields json) {
        return json.constant("signal", null, ConnectionSignal.values());
    }

    private static Value.KnownBytes content(Fields json) {
        if (ValueJson.read(json.node("content")) instanceof Value.KnownBytes bytes) {
            return bytes;
        }
        throw new ScriptException("file: content must be bytes");
    }

    private static <T> T checked(String what, Supplier<T> construction) {
        try {
            return construction.get();
        } catch (IllegalArgumentException e) {
            throw new ScriptException(what + ": " + e.getMessage(), e);
        }
    }
}
