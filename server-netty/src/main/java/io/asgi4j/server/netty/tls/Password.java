package io.asgi4j.server.netty.tls;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;

/** Opens encrypted keys. No exception and no log shows it. */
record Password(String value) {

    static Password of(Options options, ConfiguredFiles files) throws TlsException {
        var given = options.get(ServerOptions.TLS_PASSWORD);
        var file = options.get(ServerOptions.TLS_PASSWORD_FILE);
        if (file.isEmpty()) {
            return new Password(given.value());
        }
        if (!given.isEmpty()) {
            throw new TlsException("the password is given twice: as tls-password and in the tls-password-file");
        }
        return new Password(
                files.text(file.files().getFirst()).lines().findFirst().orElse(""));
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    char[] characters() {
        return value.toCharArray();
    }

    @Override
    public String toString() {
        return "***";
    }
}
