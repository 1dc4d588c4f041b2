package io.asgi4j.server.netty.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.Secret;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TlsClientAuth;
import io.asgi4j.server.netty.testing.TestTls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files can be used, and what is said about those that cannot. */
class CredentialsTests {
    private static final String PASSWORD = "open sesame";

    @TempDir
    private Path directory;

    private Path chain() {
        return directory.resolve("chain.pem");
    }

    private Path key() {
        return directory.resolve("key.pem");
    }

    private Options options() throws IOException {
        return TestTls.certificate(Options.defaults(), directory, TestTls.SERVER);
    }

    private static List<Credential> load(Options options) throws IOException {
        return Credentials.load(options, ConfiguredFiles.read(options));
    }

    private static void assertRefused(String message, Options options) {
        var refused = assertThrows(TlsException.class, () -> {
            try (var server = TlsServer.open(options, List.of("http/1.1"))) {
                throw new AssertionError("opened " + server);
            }
        });
        assertEquals(message, refused.getMessage());
    }

    private static X509Bundle certificate(Algorithm algorithm) {
        return TestTls.issue(
                new CertificateBuilder().algorithm(algorithm).subject("CN=a").addSanDnsName("a.example"));
    }

    private void assertLoads(X509Bundle expected, Options options) throws IOException {
        var loaded = load(options);
        assertEquals(1, loaded.size());
        assertEquals(expected.getCertificate(), loaded.getFirst().certificate());
    }

    @ParameterizedTest
    @EnumSource(names = {"rsa2048", "ecp256", "ecp384", "ed25519"})
    void keysOfEveryKindAreRead(Algorithm algorithm) throws Exception {
        var certificate = certificate(algorithm);
        assertLoads(certificate, TestTls.certificate(Options.defaults(), directory, certificate));
    }

    @Test
    void aKeyMayBeInTheFileOfItsCertificate() throws Exception {
        var options = options();
        Files.writeString(chain(), Files.readString(key()) + Files.readString(chain()));
        assertLoads(TestTls.SERVER, options.withText(ServerOptions.TLS_KEY, ""));
    }

    @Test
    void theOldFormsOfKeysAreReadToo() throws Exception {
        var rsa = certificate(Algorithm.rsa2048);
        var ec = certificate(Algorithm.ecp256);
        var options = TestTls.certificate(Options.defaults(), directory, rsa);
        writeKey("RSA PRIVATE KEY", inner(rsa.getKeyPair()));
        assertLoads(rsa, options);
        TestTls.certificate(Options.defaults(), directory, ec);
        writeKey("EC PRIVATE KEY", inner(ec.getKeyPair()));
        assertLoads(ec, options);
    }

    /** What PKCS#8 wraps. */
    private static byte[] inner(KeyPair keys) throws IOException {
        return PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
    }

    private void writeKey(String type, byte[] der) throws IOException {
        Files.writeString(key(), PemBlock.print(type, der));
    }

    private Options encrypted() throws Exception {
        var options = options();
        var encryptor = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setPRF(PKCS8Generator.PRF_HMACSHA256)
                .setPassword(PASSWORD.toCharArray())
                .setProvider(new BouncyCastleProvider())
                .build();
        var key = new JcaPKCS8Generator(TestTls.SERVER.getKeyPair().getPrivate(), encryptor);
        writeKey("ENCRYPTED PRIVATE KEY", key.generate().getContent());
        return options;
    }

    private Options pkcs12() throws Exception {
        var file = directory.resolve("server.p12");
        try (var out = Files.newOutputStream(file)) {
            TestTls.SERVER.toKeyStore(PASSWORD.toCharArray()).store(out, PASSWORD.toCharArray());
        }
        return Options.defaults().withText(ServerOptions.TLS_CERTIFICATE, file.toString());
    }

    private Options password(Options options, String password) throws IOException {
        var file = Files.writeString(directory.resolve("password"), password + "\n");
        return options.withText(ServerOptions.TLS_PASSWORD_FILE, file.toString());
    }

    @Test
    void aPasswordOpensEncryptedKeysAndKeyStores() throws Exception {
        for (var options : List.of(encrypted(), pkcs12())) {
            assertLoads(TestTls.SERVER, password(options, PASSWORD));
            assertLoads(TestTls.SERVER, options.with(ServerOptions.TLS_PASSWORD, new Secret(PASSWORD)));
        }
    }

    @Test
    void aWrongPasswordIsSaidToBeWrongAndIsNotShown() throws Exception {
        assertRefused("the password does not open " + key(), password(encrypted(), "guess"));
        var store = directory.resolve("server.p12");
        assertRefused("the password does not open " + store, password(pkcs12(), "guess"));
        assertRefused("the password does not open " + store, pkcs12());
        assertRefused("the key in " + key() + " is encrypted: give its password in a tls-password-file", encrypted());
    }

    @Test
    void aPasswordIsNeverShown() {
        var options = Options.defaults().with(ServerOptions.TLS_PASSWORD, new Secret(PASSWORD));
        assertFalse(options.toString().contains(PASSWORD), options.toString());
    }

    @Test
    void aPasswordIsGivenOnce() throws Exception {
        assertRefused(
                "the password is given twice: as tls-password and in the tls-password-file",
                password(encrypted(), PASSWORD).with(ServerOptions.TLS_PASSWORD, new Secret(PASSWORD)));
    }

    @Test
    void aFileThatIsMissingIsNamed() throws Exception {
        var options = options();
        Files.delete(key());
        assertRefused("there is no file " + key(), options);
    }

    @Test
    void aDirectoryIsNoFile() throws Exception {
        assertRefused(
                directory + " cannot be read: Is a directory",
                options().withText(ServerOptions.TLS_KEY, directory.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN NOTHING-----\nAAAA\n-----END NOTHING-----\n"})
    void aFileWithoutAKeyIsNamed(String content) throws Exception {
        var options = options();
        Files.writeString(key(), content);
        assertRefused("there is no private key in " + key(), options);
    }

    @Test
    void whatIsNoCertificateIsNamed() throws Exception {
        var options = options();
        Files.writeString(chain(), "certificate");
        assertRefused(chain() + " is neither PEM nor PKCS#12", options);
        Files.writeString(chain(), Files.readString(key()));
        assertRefused("there is no certificate in " + chain(), options);
    }

    @Test
    void aDamagedKeyIsNamed() throws Exception {
        var options = options();
        writeKey("PRIVATE KEY", new byte[] {1, 2, 3});
        assertRefused("the key in " + key() + " is damaged, or is not of the certificate's kind, which is EC", options);
    }

    @Test
    void theKeyOfAnotherCertificateIsNamed() throws Exception {
        var options = options();
        Files.writeString(key(), certificate(Algorithm.ecp256).getPrivateKeyPEM());
        assertRefused("the key in " + key() + " does not belong to the certificate in " + chain(), options);
    }

    @Test
    void aCertificateIsUsedWhileItIsValid() throws Exception {
        var now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        var late = TestTls.issue(new CertificateBuilder()
                .ecp256()
                .subject("CN=a")
                .notBefore(now.minusSeconds(7200))
                .notAfter(now.minusSeconds(3600)));
        assertRefused(
                "the certificate in " + chain() + " expired on " + now.minusSeconds(3600),
                TestTls.certificate(Options.defaults(), directory, late));
        var early = TestTls.issue(new CertificateBuilder()
                .ecp256()
                .subject("CN=a")
                .notBefore(now.plusSeconds(3600))
                .notAfter(now.plusSeconds(7200)));
        assertRefused(
                "the certificate in " + chain() + " is not valid before " + now.plusSeconds(3600),
                TestTls.certificate(Options.defaults(), directory, early));
    }

    @Test
    void certificatesAndKeysComeInPairs() throws Exception {
        assertRefused(
                "there is no key for the certificate in " + chain() + ": name its file as a tls-key",
                options().withText(ServerOptions.TLS_KEY, ""));
        assertRefused(
                "there is no certificate for the key in " + key(),
                options().withText(ServerOptions.TLS_KEY, key() + "," + key()));
    }

    @Test
    void whatHasNoEffectAloneIsRefused() throws Exception {
        var noCertificate = options().withText(ServerOptions.TLS_CERTIFICATE, "");
        assertRefused("tls-key has no effect: give a tls-certificate too", noCertificate);
        assertRefused(
                "tls-client-ca has no effect: give tls-client-auth too",
                options().withText(ServerOptions.TLS_CLIENT_CA, chain().toString()));
        assertRefused(
                "tls-client-auth needs a tls-client-ca: the authorities whose clients are trusted",
                options().with(ServerOptions.TLS_CLIENT_AUTH, TlsClientAuth.REQUIRED));
    }

    @Test
    void withoutACertificateThereIsNoTls() throws Exception {
        assertNull(TlsServer.open(Options.defaults(), List.of("http/1.1")));
    }

    @Test
    void thePasswordIsNoOptionOfTheCommandLine() {
        assertEquals(
                List.of("tls-password"),
                ServerOptions.all().stream()
                        .filter(ServerOption::isSecret)
                        .map(ServerOption::name)
                        .toList());
    }
}
