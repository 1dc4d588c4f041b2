package io.asgi4j.tck.app;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.Send;
import io.asgi4j.tck.script.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An answer to the driver, always JSON and always with a length, so that it is readable through a server with defects. */
record Answer(int status, String json) {
    static Answer error(int status, String error) {
        return new Answer(status, Json.write(Json.object().put("error", error)));
    }

    void send(Send send) throws IOException, InterruptedException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        send.send(new HttpResponseStart(
                status,
                Headers.of(
                        "content-type", "application/json",
                        "content-length", String.valueOf(body.length),
                        "cache-control", "no-store")));
        send.send(HttpResponseBody.last(body));
    }
}
