package io.asgi4j.server.netty.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A certificate of the server with its private key. Immutable.
 *
 * @param key the private key
 * @param chain the certificate, and behind it those that sign it
 * @param names the names of hosts it is for, in lower case; {@code *.example.org} for all directly below one
 * @param pem the certificate as PEM
 */
record Credential(PrivateKey key, List<X509Certificate> chain, Set<String> names, String pem) {
    private static final int DNS_NAME = 2;

    /** Puts the parts together if they fit, and the certificate is valid now. */
    static Credential of(PrivateKey key, List<X509Certificate> chain, Path certificateFile, Path keyFile)
            throws TlsException {
        var certificate = chain.getFirst();
        try {
            certificate.checkValidity();
            if (!belongTogether(key, certificate)) {
                throw new TlsException(
                        "the key in %s does not belong to the certificate in %s".formatted(keyFile, certificateFile));
            }
            return new Credential(key, List.copyOf(chain), names(certificate), pem(certificate));
        } catch (CertificateExpiredException e) {
            throw new TlsException(
                    "the certificate in %s expired on %s"
                            .formatted(
                                    certificateFile, certificate.getNotAfter().toInstant()),
                    e);
        } catch (CertificateNotYetValidException e) {
            throw new TlsException(
                    "the certificate in %s is not valid before %s"
                            .formatted(
                                    certificateFile, certificate.getNotBefore().toInstant()),
                    e);
        } catch (GeneralSecurityException e) {
            throw new TlsException(
                    "the certificate in %s cannot be used: %s".formatted(certificateFile, e.getMessage()), e);
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        var algorithm = switch (certificate.getPublicKey().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            case String other -> throw new GeneralSecurityException("keys of the kind " + other + " are not supported");
        };
        var message = "asgi4j".getBytes(StandardCharsets.US_ASCII);
        var signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(message);
        var checking = Signature.getInstance(algorithm);
        checking.initVerify(certificate.getPublicKey());
        checking.update(message);
        return checking.verify(signing.sign());
    }

    /** The alternative names; the subject's common name is no longer taken for one (RFC 9525). */
    private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
        var names = new HashSet<String>();
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives == null) {
            return Set.of();
        }
        for (var alternative : alternatives) {
            if (alternative.get(0) instanceof Integer type && type == DNS_NAME) {
                names.add(alternative.get(1).toString().toLowerCase(Locale.ROOT));
            }
        }
        return Set.copyOf(names);
    }

    static String pem(X509Certificate certificate) {
        try {
            return PemBlock.print("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that was decoded can be encoded", e);
        }
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Whether the certificate is for exactly this host, in lower case. */
    boolean isFor(String host) {
        return names.contains(host);
    }

    /** Whether the certificate is for all hosts of this one's domain. */
    boolean isForDomainOf(String host) {
        var dot = host.indexOf('.');
        return dot > 0 && names.contains("*" + host.substring(dot));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "%s, valid until %s"
                .formatted(
                        names.isEmpty()
                                ? certificate().getSubjectX500Principal().getName()
                                : String.join(" ", names),
                        certificate().getNotAfter().toInstant());
    }
}
