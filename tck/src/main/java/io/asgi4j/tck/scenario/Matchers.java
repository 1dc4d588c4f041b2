package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.KnownBytes;
import io.asgi4j.tck.wire.Anomaly;
import io.asgi4j.tck.wire.Field;
import io.asgi4j.tck.wire.Framing;
import io.asgi4j.tck.wire.Incoming;
import io.asgi4j.tck.wire.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What must be true, in words to be imported statically: {@code status(204)}, {@code received("http.disconnect")}. */
public final class Matchers {
    private Matchers() {}

    /** The UTF-8 form of a text. */
    public static KnownBytes bytes(String text) {
        return new Value.Literal(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** Bytes, one per character. */
    public static KnownBytes latin1(String text) {
        return new Value.Literal(text);
    }

    // of a response

    /** The status is one of these. */
    public static ResponseMatcher status(int... any) {
        return new ResponseMatcher.Status(IntStream.of(any).boxed().toList());
    }

    /** The status is a 4xx. */
    public static ResponseMatcher clientError() {
        return new ResponseMatcher.StatusClass(4);
    }

    /** The status is a 5xx. */
    public static ResponseMatcher serverError() {
        return new ResponseMatcher.StatusClass(5);
    }

    /** The fields of this name have exactly these values in this order. */
    public static ResponseMatcher header(String name, String... values) {
        return new FieldMatcher.HeaderValues(name, List.of(values));
    }

    /** There is no field of this name. */
    public static ResponseMatcher noHeader(String name) {
        return new FieldMatcher.HeaderValues(name, List.of());
    }

    /** There is exactly one field of this name. */
    public static ResponseMatcher headerOnce(String name) {
        return new FieldMatcher.HeaderOnce(name);
    }

    /** The comma-separated list of a field has this member, without regard to case. */
    public static ResponseMatcher headerMember(String name, String member) {
        return new FieldMatcher.HeaderMember(name, member);
    }

    /** The fields with these names stand in this order. */
    public static ResponseMatcher headersInOrder(String... namesAndValues) {
        var fields = new ArrayList<Field>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.add(Field.of(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new FieldMatcher.HeadersInOrder(fields);
    }

    /** The body is this text. */
    public static ResponseMatcher body(String text) {
        return body(bytes(text));
    }

    /** The body is this. */
    public static ResponseMatcher body(KnownBytes bytes) {
        return new BodyMatcher.Body(bytes);
    }

    /** There is no body. */
    public static ResponseMatcher noBody() {
        return body("");
    }

    /** The body begins with this text. */
    public static ResponseMatcher bodyStart(String text) {
        return new BodyMatcher.BodyStart(bytes(text));
    }

    /** This text stands nowhere in the response. */
    public static ResponseMatcher nowhere(String text) {
        return new ResponseMatcher.Nowhere(text);
    }

    /** The body is framed in one of these ways. */
    public static ResponseMatcher framedBy(Framing... any) {
        return new BodyMatcher.FramedBy(Set.of(any));
    }

    /** Exactly these interim responses came before. */
    public static ResponseMatcher interims(Integer... statuses) {
        return new ResponseMatcher.Interims(List.of(statuses));
    }

    /** Together, the interim responses with this status have these values under a name. */
    public static ResponseMatcher interimHeader(int status, String name, String... values) {
        return new FieldMatcher.InterimValues(status, name, List.of(values));
    }

    /** The trailers of this name have exactly these values. */
    public static ResponseMatcher trailer(String name, String... values) {
        return new FieldMatcher.TrailerValues(name, List.of(values));
    }

    /** There is no trailer of this name. */
    public static ResponseMatcher noTrailer(String name) {
        return new FieldMatcher.TrailerValues(name, List.of());
    }

    /** The response is visibly cut short. Stands in for being well-formed. */
    public static ResponseMatcher truncated() {
        return new WellFormedness.Truncated();
    }

    /** In place of the response, the connection may end. */
    public static ResponseMatcher orEnd() {
        return new WellFormedness.OrEnd();
    }

    /** These defects do not matter. Stands in for being well-formed. */
    public static ResponseMatcher tolerating(Anomaly.Kind... kinds) {
        return new WellFormedness.Tolerating(Set.of(kinds));
    }

    /** Anything else about a response, in words and as a lambda; rarely needed. */
    public static ResponseMatcher response(String expected, Predicate<Response> predicate) {
        return new ResponseMatcher.Custom(expected, predicate);
    }

    // of what comes over a WebSocket

    /** A text message. */
    public static MessageMatcher text(String text) {
        return new MessageMatcher.Text(text);
    }

    /** A large text message. */
    public static MessageMatcher text(Value.Fill text) {
        return new MessageMatcher.LargeText(text);
    }

    /** A message of bytes. */
    public static MessageMatcher binary(KnownBytes bytes) {
        return new MessageMatcher.Binary(bytes);
    }

    /** A ping. */
    public static MessageMatcher ping() {
        return new MessageMatcher.Ping(null);
    }

    /** A pong with this payload. */
    public static MessageMatcher pong(String payload) {
        return new MessageMatcher.Pong(payload);
    }

    /** A close frame with one of these codes, or with any if none is given. */
    public static MessageMatcher closeFrame(Integer... codes) {
        return new MessageMatcher.Close(List.of(codes), null);
    }

    /** A close frame with this code and reason. */
    public static MessageMatcher closeFrame(int code, String reason) {
        return new MessageMatcher.Close(List.of(code), reason);
    }

    /** What is about this requirement alone, whatever else is about several. */
    public static MessageMatcher about(String requirement, MessageMatcher matcher) {
        return new MessageMatcher.About(List.of(requirement), matcher);
    }

    /** A close frame without a code. */
    public static MessageMatcher closeFrameWithoutCode() {
        return new MessageMatcher.Close(List.of(Incoming.NO_CODE), "");
    }

    /** The end of the connection without a close frame. */
    public static MessageMatcher connectionEnds() {
        return new MessageMatcher.Ended();
    }

    /** Either of two. */
    public static MessageMatcher either(MessageMatcher first, MessageMatcher second) {
        return new MessageMatcher.Either(first, second);
    }

    // of values

    /** There is a value. */
    public static ValueMatcher present() {
        return new ValueMatcher.Present();
    }

    /** There is no value. */
    public static ValueMatcher absent() {
        return new ValueMatcher.Absent();
    }

    /** The value is one of these. */
    public static ValueMatcher oneOf(Value... values) {
        return new ValueMatcher.IsOneOf(List.of(values));
    }

    /** The text, or the bytes, contain this, or the list has this member. */
    public static ValueMatcher containing(String part) {
        return new ValueMatcher.Contains(part);
    }

    /** The number is not below this. */
    public static ValueMatcher atLeast(long least) {
        return new ValueMatcher.AtLeast(least);
    }

    /** The value is a dictionary that has this under a key. */
    public static ValueMatcher withEntry(String key, Value value) {
        return new ValueMatcher.HasEntry(key, value);
    }

    /** The dictionary has this key. */
    public static ValueMatcher withKey(String key) {
        return new ValueMatcher.HasKey(key, true);
    }

    /** The dictionary lacks this key. */
    public static ValueMatcher withoutKey(String key) {
        return new ValueMatcher.HasKey(key, false);
    }

    // of entries of a trace

    /** Entries of a kind. */
    public static EntryMatcher entry(Kind kind) {
        return EntryMatcher.of(kind);
    }

    /** {@code receive} returned an event of this type. */
    public static EntryMatcher received(String type) {
        return EntryMatcher.of(Kind.RECEIVED).ofType(type);
    }

    /** {@code send} took an event of this type. */
    public static EntryMatcher sent(String type) {
        return EntryMatcher.of(Kind.SENT).ofType(type);
    }

    /** {@code send} threw, whatever the reason. */
    public static EntryMatcher sendFailed(String type) {
        return EntryMatcher.of(Kind.SEND_FAILED).ofType(type);
    }

    /** {@code send} threw because the event is illegal. */
    public static EntryMatcher refused(String type) {
        return sendFailed(type).refused();
    }

    /** The call returned. */
    public static EntryMatcher returned() {
        return EntryMatcher.of(Kind.RETURNED).inFork(Step.Fork.MAIN);
    }

    /** The call threw. */
    public static EntryMatcher raised() {
        return EntryMatcher.of(Kind.RAISED).inFork(Step.Fork.MAIN);
    }

    // of a trace

    /** Nothing of the kind happened in any call. */
    public static TraceMatcher no(EntryMatcher entry) {
        return new TraceMatcher.Exactly(entry, 0);
    }

    /** {@code receive} never returned an event of this type. */
    public static TraceMatcher no(String type) {
        return no(received(type));
    }

    /** It happened so many times. */
    public static TraceMatcher exactly(int times, EntryMatcher entry) {
        return new TraceMatcher.Exactly(entry, times);
    }

    /** These follow one another, whatever is between them. */
    public static TraceMatcher inOrder(EntryMatcher... entries) {
        return new TraceMatcher.InOrder(List.of(entries));
    }

    /** The application was called so many times. */
    public static TraceMatcher called(int times) {
        return new TraceMatcher.Calls(times);
    }

    /** The application was not called. */
    public static TraceMatcher notCalled() {
        return called(0);
    }

    /** The scope of the first call has this text. */
    public static TraceMatcher scope(String key, String text) {
        return scope(key, Value.of(text));
    }

    /** The scope of the first call has this value. */
    public static TraceMatcher scope(String key, Value value) {
        return scope(key, new ValueMatcher.Is(value));
    }

    /** The scope of the first call has such a value. */
    public static TraceMatcher scope(String key, ValueMatcher value) {
        return scopeOf(0, key, value);
    }

    /** The scope of a call, counted from 0, has this value. */
    public static TraceMatcher scopeOf(int call, String key, Value value) {
        return scopeOf(call, key, new ValueMatcher.Is(value));
    }

    /** The scope of a call, counted from 0, has such a value. */
    public static TraceMatcher scopeOf(int call, String key, ValueMatcher value) {
        return new TraceMatcher.ScopeValue(call, key, value);
    }

    /** The fields of this name in the first call's scope have exactly these values in this order. */
    public static TraceMatcher requestHeader(String name, String... values) {
        return requestHeaderOf(0, name, values);
    }

    /** The fields of this name in the scope of a call, counted from 0, have exactly these values in this order. */
    public static TraceMatcher requestHeaderOf(int call, String name, String... values) {
        return new TraceMatcher.RequestHeader(call, name, List.of(values));
    }

    /** The first call received exactly this body, to its end. */
    public static TraceMatcher requestBody(String text) {
        return requestBody(bytes(text));
    }

    /** The first call received exactly this body, to its end. */
    public static TraceMatcher requestBody(KnownBytes bytes) {
        return requestBodyOf(0, bytes);
    }

    /** A call, counted from 0, received exactly this body, to its end. */
    public static TraceMatcher requestBodyOf(int call, KnownBytes bytes) {
        return new TraceMatcher.RequestBody(call, bytes, true);
    }

    /** The first call received exactly these bytes of a body that did not come to its end. */
    public static TraceMatcher unfinishedRequestBody(String text) {
        return new TraceMatcher.RequestBody(0, bytes(text), false);
    }

    /** Anything else about a trace, in words and as a lambda; rarely needed. */
    public static TraceMatcher trace(String expected, Predicate<TraceView> predicate) {
        return new TraceMatcher.Custom(expected, predicate);
    }
}
