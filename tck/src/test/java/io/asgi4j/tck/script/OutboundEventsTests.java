package io.asgi4j.tck.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketSend;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundEventsTests {
    /** Files of which each has a path and none can be opened. */
    private static final OpenFiles FILES = new OpenFiles() {
        @Override
        public FileChannel open(String name) throws IOException {
            throw new IOException("no file " + name);
        }

        @Override
        public Path path(String name) {
            return Path.of("/files", name);
        }
    };

    private static OutboundEvent make(String json) throws IOException {
        return OutboundEvents.make(Parsed.dict(json), FILES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'http.response.start','status':200}",
                "{'type':'http.response.body'}",
                "{'type':'websocket.accept'}",
                "{'type':'websocket.send','text':''}",
                "{'type':'websocket.close'}",
                "{'type':'lifespan.startup.complete'}",
                "{'type':'lifespan.startup.failed'}",
                "{'type':'lifespan.shutdown.complete'}",
                "{'type':'lifespan.shutdown.failed','message':'m'}",
                "{'type':'http.response.push','path':'/x'}",
                "{'type':'http.response.pathsend','path':'/x'}",
                "{'type':'http.response.early_hint','links':[{'$utf8':'</x>'}]}",
                "{'type':'http.response.trailers'}",
                "{'type':'http.response.debug','info':{'a':1}}",
                "{'type':'websocket.http.response.start','status':404}",
                "{'type':'websocket.http.response.body'}",
                "{'type':'http.foo','anything':1}",
            })
    void eachTypeHasItsEvent(String json) throws Exception {
        assertEquals(Parsed.dict(json).type(), make(json).type());
    }

    @Test
    void theKeysOfAStartArrive() throws Exception {
        assertEquals(new HttpResponseStart(201, Headers.of("x-a", "\u00e9", "x-a", "2"), true), make("""
            {'type':'http.response.start','status':201,'trailers':true,'ignored':1,
             'headers':[[{'$utf8':'x-a'},{'$b64':'6Q=='}],[{'$utf8':'x-a'},{'$utf8':'2'}]]}\
            """));
    }

    @Test
    void bytesAreContent() throws Exception {
        assertEquals(
                HttpResponseBody.more("aba"),
                make("{'type':'http.response.body','body':{'$fill':'ab','$len':3},'more_body':true}"));
    }

    @Test
    void nullIsAsGoodAsAMissingKeyWhereAsgiSaysSo() throws Exception {
        assertEquals(WebSocketSend.text("x"), make("{'type':'websocket.send','bytes':null,'text':'x'}"));
        assertEquals(new WebSocketClose(1001, ""), make("{'type':'websocket.close','code':1001,'reason':null}"));
    }

    @Test
    void aPathOfAFileIsFilledIn() throws Exception {
        assertEquals(
                new HttpResponsePathSend(Path.of("/files/page")),
                make("{'type':'http.response.pathsend','path':{'$path':'page'}}"));
    }

    @Test
    void anUnknownTypeBelongsToAnExtensionThatNobodyOffers() throws Exception {
        assertInstanceOf(ExtensionOutboundEvent.class, make("{'type':'http.foo'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'http.response.start'}|http.response.start: status is missing",
                "{'type':'http.response.start','status':'200'}|http.response.start: status is no int",
                "{'type':'http.response.start','status':200,'headers':[['x-a','1']]}|http.response.start: headers is"
                        + " no list of bytes",
                "{'type':'http.response.start','status':200,'headers':[[{'$utf8':'x-a'}]]}|http.response.start:"
                        + " headers is no list of pairs",
                "{'type':'http.response.body','body':'text'}|http.response.body: body is no bytes",
                "{'type':'http.response.body','more_body':1}|http.response.body: more_body is no bool",
                "{'status':200}|an event without type",
            })
    void whatJavaCannotHoldIsRefusedInWords(String json, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> make(json)).getMessage());
    }

    @Test
    void aFileThatIsMissingIsAnInputOutputError() {
        assertThrows(IOException.class, () -> make("{'type':'http.response.zerocopysend','file':{'$file':'page'}}"));
    }
}
