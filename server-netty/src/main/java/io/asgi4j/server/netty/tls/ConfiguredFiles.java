package io.asgi4j.server.netty.tls;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The content of all files that the options for TLS name, read at one time. Immutable; equal if the content is.
 *
 * <p>Comparing what is in the files finds every change, also behind symbolic links that are switched all at once, as
 * Kubernetes does, and on file systems that report none. It costs a few kilobytes of reading from time to time.
 */
record ConfiguredFiles(Map<Path, ByteBuffer> contents) {
    private static final String PEM = "-----BEGIN ";

    /** Much more than chains and keys have. */
    private static final int LIMIT = 4 << 20;

    static ConfiguredFiles read(Options options) throws TlsException {
        var files = Stream.of(
                        ServerOptions.TLS_CERTIFICATE,
                        ServerOptions.TLS_KEY,
                        ServerOptions.TLS_CLIENT_CA,
                        ServerOptions.TLS_PASSWORD_FILE)
                .flatMap(option -> options.get(option).files().stream())
                .toList();
        var contents = new LinkedHashMap<Path, ByteBuffer>();
        for (var file : files) {
            contents.put(file, ByteBuffer.wrap(read(file)).asReadOnlyBuffer());
        }
        return new ConfiguredFiles(contents);
    }

    private static byte[] read(Path file) throws TlsException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new TlsException(
                        "%s is no file of certificates or keys: it is larger than %d MiB".formatted(file, LIMIT >> 20));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new TlsException("there is no file %s".formatted(file), e);
        } catch (AccessDeniedException e) {
            throw new TlsException("%s cannot be read: this user has no right to".formatted(file), e);
        } catch (TlsException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    byte[] bytes(Path file) {
        var content = content(file);
        var bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    /** The file as text; what is not ASCII only stands between the blocks of a PEM file. */
    String text(Path file) {
        return StandardCharsets.ISO_8859_1.decode(content(file)).toString();
    }

    boolean isPem(Path file) {
        return text(file).contains(PEM);
    }

    private ByteBuffer content(Path file) {
        var content = contents.get(file);
        if (content == null) {
            throw new IllegalArgumentException(file + " was not read");
        }
        return content.duplicate();
    }
}
