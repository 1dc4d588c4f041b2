package io.asgi4j.samples.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.samples.RunningSample;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.Extensions;
import io.asgi4j.spec.HttpScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTests {
    private static final int SIZE_LIMIT = 4 << 20;

    @TempDir
    Path parent;

    private Path directory = Path.of("");
    private byte[] large = {};

    @BeforeEach
    void prepare() throws IOException {
        directory = Files.createDirectory(parent.resolve("store"));
        large = new byte[SIZE_LIMIT];
        new Random(1).nextBytes(large);
    }

    @Test
    void aStoredFileComesBackByteForByte() throws Exception {
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            assertEquals(201, put(sample, "/large.bin", BodyPublishers.ofByteArray(large)));

            assertComesBack(sample);
        }
    }

    @Test
    void aFileOfUnknownLengthIsStored() throws Exception {
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));
            assertEquals(201, put(sample, "/large.bin", chunked));

            assertArrayEquals(large, Files.readAllBytes(directory.resolve("large.bin")));
        }
    }

    @Test
    void aServerWithoutZeroCopyReturnsTheFileToo() throws Exception {
        var store = new FileStore(directory, SIZE_LIMIT);
        Application plain = (scope, receive, send) -> store.handle(
                scope instanceof HttpScope http
                        ? http.toBuilder().extensions(Extensions.none()).build()
                        : scope,
                receive,
                send);
        Files.write(directory.resolve("large.bin"), large);
        try (var sample = new RunningSample(plain)) {
            assertComesBack(sample);
        }
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            assertEquals(201, put(sample, "/empty", BodyPublishers.noBody()));

            var response = sample.get("/empty");
            assertEquals(200, response.statusCode());
            assertEquals("", response.body());
        }
    }

    @Test
    void aSecondUploadReplacesTheFirst() throws Exception {
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            put(sample, "/note.txt", BodyPublishers.ofString("the first, and longer, text"));
            put(sample, "/note.txt", BodyPublishers.ofString("the second"));

            assertEquals("the second", sample.get("/note.txt").body());
        }
    }

    @Test
    void headTellsTheLengthAndSendsNothing() throws Exception {
        Files.writeString(directory.resolve("note.txt"), "twelve bytes");
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            var response = sample.send(sample.request("/note.txt").HEAD().build(), BodyHandlers.ofString());

            assertEquals(200, response.statusCode());
            assertEquals(
                    12, response.headers().firstValueAsLong("content-length").orElseThrow());
            assertEquals("", response.body());
        }
    }

    @Test
    void aMissingFileIsNotFound() throws Exception {
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            assertEquals(404, sample.get("/nothing").statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/.",
                "/..",
                "/../secret",
                "/%2e%2e/secret",
                "/..%2fsecret",
                "/.secret",
                "/a/../../secret",
                "/%2fetc/passwd",
                "/secret%00.txt",
                "/secret%0a",
                "/..%5csecret",
                "/link",
                "/folder",
                "/se%63ret/"
            })
    void noNameReachesOutOfTheStore(String path) throws Exception {
        Files.writeString(parent.resolve("secret"), "secret");
        Files.writeString(directory.resolve(".secret"), "secret");
        Files.createDirectory(directory.resolve("folder"));
        Files.createSymbolicLink(directory.resolve("link"), parent.resolve("secret"));
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            var response = sample.get(path);

            assertTrue(response.statusCode() == 404 || response.statusCode() == 400, response::toString);
        }
    }

    @Test
    void anUploadOverTheLimitIsRefusedAndForgotten() throws Exception {
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            var oneMore = BodyPublishers.ofByteArray(Arrays.copyOf(large, SIZE_LIMIT + 1));

            assertEquals(413, put(sample, "/large.bin", oneMore));
            assertTrue(sample.firstCallEnded());
            assertStoreIsEmpty();
        }
    }

    @Test
    void anUploadThatBreaksOffLeavesNothingBehind() throws Exception {
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            sample.connection("PUT /half HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nonly so much")
                    .close();

            assertTrue(sample.firstCallEnded());
            assertStoreIsEmpty();
        }
    }

    @Test
    void anotherMethodIsNotAllowed() throws Exception {
        try (var sample = new RunningSample(new FileStore(directory, SIZE_LIMIT))) {
            var response = sample.send(sample.request("/note.txt").DELETE().build(), BodyHandlers.discarding());

            assertEquals(405, response.statusCode());
            assertEquals(
                    "GET, HEAD, PUT", response.headers().firstValue("allow").orElseThrow());
        }
    }

    private static int put(RunningSample sample, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        var request = sample.request(path).PUT(body).build();
        return sample.send(request, BodyHandlers.discarding()).statusCode();
    }

    private void assertComesBack(RunningSample sample) throws IOException, InterruptedException {
        var response = sample.send(sample.request("/large.bin").build(), BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        assertEquals(
                large.length,
                response.headers().firstValueAsLong("content-length").orElseThrow());
        assertArrayEquals(large, response.body());
    }

    private void assertStoreIsEmpty() throws IOException {
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }
}
