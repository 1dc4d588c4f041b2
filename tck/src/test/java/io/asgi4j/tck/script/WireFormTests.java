package io.asgi4j.tck.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.spec.Extensions;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.State;
import io.asgi4j.spec.TcpAddress;
import io.asgi4j.spec.UnixAddress;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import io.asgi4j.spec.extension.PathSend;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireFormTests {
    @Test
    void anHttpScopeHasTheKeysOfAsgi() {
        var state = new State();
        state.put("list", List.of(1, true, "x"));
        var scope = HttpScope.builder()
                .path("/a b")
                .queryString("q=%20")
                .headers(Headers.of("x-a", "\u00e9"))
                .client(new TcpAddress("127.0.0.1", 5))
                .server(new UnixAddress("/run/x"))
                .state(state)
                .extensions(Extensions.of(new PathSend()))
                .build();
        assertEquals(Parsed.dict("""
            {'type':'http','asgi':{'version':'3.0','spec_version':'2.5'},'http_version':'1.1','method':'GET',
             'scheme':'http','path':'/a b','raw_path':{'$utf8':'/a%20b'},'query_string':{'$utf8':'q=%20'},'root_path':'',
             'headers':[[{'$utf8':'x-a'},{'$b64':'6Q=='}]],'client':['127.0.0.1',5],'server':['/run/x',null],
             'state':{'list':[1,true,'x']},'extensions':{'http.response.pathsend':{}}}\
            """), WireForm.of(scope));
    }

    @Test
    void aWebSocketScopeHasSubprotocolsAndNoMethod() {
        var form = WireForm.of(
                WebSocketScope.builder().subprotocols(List.of("a", "b")).build());
        assertEquals(Parsed.value("['a','b']"), form.get("subprotocols"));
        assertEquals(Value.of("ws"), form.get("scheme"));
        assertEquals(null, form.get("method"));
    }

    @Test
    void eventsHaveTheKeysOfAsgi() {
        assertEquals(
                Parsed.dict("{'type':'http.request','body':{'$utf8':'x'},'more_body':true}"),
                WireForm.of(new HttpRequest(ByteBuffer.wrap(new byte[] {'x'}), true)));
        assertEquals(
                Parsed.dict("{'type':'websocket.receive','bytes':null,'text':'x'}"),
                WireForm.of(WebSocketReceive.text("x")));
        assertEquals(
                Parsed.dict("{'type':'websocket.disconnect','code':1001,'reason':'x'}"),
                WireForm.of(new WebSocketDisconnect(1001, "x")));
        assertEquals(
                Parsed.dict("{'type':'http.request.trailers','headers':[[{'$utf8':'a'},{'$utf8':'b'}]]}"),
                WireForm.of(new HttpRequestTrailers(Headers.of("a", "b"))));
    }
}
