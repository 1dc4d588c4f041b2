package io.asgi4j.server.netty.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads private keys out of PEM files, in every form in which OpenSSL writes them today. */
final class PrivateKeys {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    private PrivateKeys() {}

    /** Reads the private key that belongs to a certificate's public one. */
    static PrivateKey read(PemBlock block, Path file, PublicKey belongsTo, Password password) throws TlsException {
        if (block.text().contains("ENCRYPTED")) {
            throw new TlsException(
                    "the key in %s is encrypted in a form that is out of use: convert it with 'openssl pkcs8 -topk8'"
                            .formatted(file));
        }
        var der = block.decode(file);
        var pkcs8 = switch (block.type()) {
            case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(der);
            case "ENCRYPTED PRIVATE KEY" -> decrypt(der, file, password);
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> new PKCS8EncodedKeySpec(wrap(der, belongsTo));
            default ->
                throw new TlsException("the key in %s is of no kind that TLS uses: %s".formatted(file, block.type()));
        };
        var algorithm = belongsTo.getAlgorithm();
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(pkcs8);
        } catch (InvalidKeySpecException e) {
            throw new TlsException(
                    "the key in %s is damaged, or is not of the certificate's kind, which is %s"
                            .formatted(file, algorithm),
                    e);
        } catch (GeneralSecurityException e) {
            throw new TlsException("keys of the kind %s cannot be used here".formatted(algorithm), e);
        }
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] der, Path file, Password password) throws TlsException {
        if (password.isEmpty()) {
            throw new TlsException(
                    "the key in %s is encrypted: give its password in a tls-password-file".formatted(file));
        }
        try {
            var encrypted = new EncryptedPrivateKeyInfo(der);
            // The name of PBES2 (RFC 8018) says nothing about its ciphers; its parameters do.
            var parameters = encrypted.getAlgParameters();
            var algorithm = parameters.getAlgorithm().equals("PBES2") ? parameters.toString() : encrypted.getAlgName();
            var key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.characters()));
            var cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            return encrypted.getKeySpec(cipher);
        } catch (InvalidKeyException | InvalidKeySpecException e) {
            throw wrongPassword(file, e);
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("the encryption of the key in %s is not known here".formatted(file), e);
        }
    }

    static TlsException wrongPassword(Path file, Exception cause) {
        return new TlsException("the password does not open %s".formatted(file), cause);
    }

    /**
     * Puts a key of PKCS#1 (RFC 8017) or SEC 1 (RFC 5915) into the envelope of PKCS#8 (RFC 5208). What kind of key it is, and
     * on which curve, the certificate's public key says in the same words.
     */
    private static byte[] wrap(byte[] key, PublicKey publicKey) {
        var subject = publicKey.getEncoded();
        var algorithm = contentStart(subject, 0);
        var algorithmEnd = contentStart(subject, algorithm) + contentLength(subject, algorithm);
        return element(
                SEQUENCE,
                element(INTEGER, new byte[1]),
                Arrays.copyOfRange(subject, algorithm, algorithmEnd),
                element(OCTET_STRING, key));
    }

    private static int contentStart(byte[] der, int element) {
        var first = der[element + 1] & 0xff;
        return element + 2 + (first < 0x80 ? 0 : first - 0x80);
    }

    private static int contentLength(byte[] der, int element) {
        var first = der[element + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        var length = 0;
        for (var i = element + 2; i < contentStart(der, element); i++) {
            length = (length << 8) + (der[i] & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        // a key has less than 64 KiB, and DER wants the shortest form
        if (content.size() >= 0x100) {
            element.write(0x82);
            element.write(content.size() >> 8);
        } else if (content.size() >= 0x80) {
            element.write(0x81);
        }
        element.write(content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
