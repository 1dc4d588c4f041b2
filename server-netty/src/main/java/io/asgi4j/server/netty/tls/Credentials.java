package io.asgi4j.server.netty.tls;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys out of PEM and PKCS#12 files. */
final class Credentials {
    private final ConfiguredFiles files;
    private final Password password;
    private final Iterator<Path> keyFiles;

    private Credentials(ConfiguredFiles files, Password password, Iterator<Path> keyFiles) {
        this.files = files;
        this.password = password;
        this.keyFiles = keyFiles;
    }

    /** Reads what the options name, in the order in which they do. */
    static List<Credential> load(Options options, ConfiguredFiles files) throws TlsException {
        var keyFiles = options.get(ServerOptions.TLS_KEY).files().iterator();
        var reader = new Credentials(files, Password.of(options, files), keyFiles);
        var credentials = new ArrayList<Credential>();
        for (var file : options.get(ServerOptions.TLS_CERTIFICATE).files()) {
            credentials.addAll(files.isPem(file) ? List.of(reader.pem(file)) : reader.pkcs12(file));
        }
        if (keyFiles.hasNext()) {
            throw new TlsException("there is no certificate for the key in %s".formatted(keyFiles.next()));
        }
        return List.copyOf(credentials);
    }

    private Credential pem(Path file) throws TlsException {
        var chain = certificates(files, file);
        var ownKey = key(file);
        if (ownKey != null) {
            return credential(ownKey, file, chain, file);
        }
        if (!keyFiles.hasNext()) {
            throw new TlsException(
                    "there is no key for the certificate in %s: name its file as a tls-key".formatted(file));
        }
        var keyFile = keyFiles.next();
        var key = key(keyFile);
        if (key == null) {
            throw new TlsException("there is no private key in %s".formatted(keyFile));
        }
        return credential(key, keyFile, chain, file);
    }

    private Credential credential(PemBlock key, Path keyFile, List<X509Certificate> chain, Path file)
            throws TlsException {
        var publicKey = chain.getFirst().getPublicKey();
        return Credential.of(PrivateKeys.read(key, keyFile, publicKey, password), chain, file, keyFile);
    }

    private @Nullable PemBlock key(Path file) {
        return PemBlock.parse(files.text(file)).stream()
                .filter(PemBlock::isPrivateKey)
                .findFirst()
                .orElse(null);
    }

    /** Reads all certificates of a PEM file, of which there must be one. */
    static List<X509Certificate> certificates(ConfiguredFiles files, Path file) throws TlsException {
        var certificates = new ArrayList<X509Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var block : PemBlock.parse(files.text(file))) {
                if (block.isCertificate()) {
                    certificates.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(block.decode(file))));
                }
            }
        } catch (CertificateException e) {
            throw new TlsException("%s is damaged: %s".formatted(file, e.getMessage()), e);
        }
        if (certificates.isEmpty()) {
            throw new TlsException("there is no certificate in %s".formatted(file));
        }
        return certificates;
    }

    /** Reads every certificate that has a key. */
    private List<Credential> pkcs12(Path file) throws TlsException {
        var credentials = new ArrayList<Credential>();
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(files.bytes(file)), password.characters());
            for (var alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password.characters()) instanceof PrivateKey key) {
                    var chain = Arrays.stream(store.getCertificateChain(alias))
                            .map(X509Certificate.class::cast)
                            .toList();
                    credentials.add(Credential.of(key, chain, file, file));
                }
            }
        } catch (TlsException e) {
            throw e;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw PrivateKeys.wrongPassword(file, e);
            }
            throw new TlsException("%s is neither PEM nor PKCS#12".formatted(file), e);
        } catch (GeneralSecurityException e) {
            throw new TlsException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
        }
        if (credentials.isEmpty()) {
            throw new TlsException("there is no certificate with a private key in %s".formatted(file));
        }
        return credentials;
    }
}
