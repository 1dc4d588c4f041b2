package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Server;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An HTTP/1.1 request, without its host field. */
record Request(String method, String path, List<String> fields, byte[] body) {
    static Request get(String path, String... fields) {
        return new Request("GET", path, List.of(fields), new byte[0]);
    }

    static Request post(String path, byte[] body) {
        return new Request("POST", path, List.of("content-length: " + body.length), body);
    }

    /** What goes over the wire. */
    byte[] encoded(Server server) {
        var head = new StringBuilder()
                .append(method + " " + path + " HTTP/1.1\r\n")
                .append("host: 127.0.0.1:" + server.address().getPort() + "\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        var encoded = new ByteArrayOutputStream();
        encoded.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        encoded.writeBytes(body);
        return encoded.toByteArray();
    }
}
