package io.asgi4j.server.netty.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands between the BEGIN and END lines of a PEM file (RFC 7468).
 *
 * @param type what the lines say, such as {@code CERTIFICATE}
 * @param text Base64, behind header fields if it was encrypted in the way of old
 */
record PemBlock(String type, String text) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-[^-]+)*)-----END \\1-----");

    static List<PemBlock> parse(String file) {
        var blocks = new ArrayList<PemBlock>();
        for (var match = BLOCK.matcher(file); match.find(); ) {
            blocks.add(new PemBlock(match.group(1), match.group(2)));
        }
        return blocks;
    }

    /** Returns the same as the lines of a PEM file. */
    static String print(String type, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .replace("%n", "\n")
                .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), type);
    }

    boolean isCertificate() {
        return type.equals("CERTIFICATE") || type.equals("X509 CERTIFICATE");
    }

    boolean isPrivateKey() {
        return type.endsWith("PRIVATE KEY");
    }

    byte[] decode(Path file) throws TlsException {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new TlsException("%s is damaged: the block %s is no Base64".formatted(file, type), e);
        }
    }
}
