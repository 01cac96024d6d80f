// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate authority for one test, by the JDK's {@code keytool}. All files are PEM; keys are PKCS#8, not encrypted. */
public final class TestAuthority {
    private static final String PASSWORD = "for-tests";

    private final Path folder;

    /** A certificate with its private key. */
    public record Identity(Path certificate, Path key) {}

    /** @param folder an existing folder, for this authority alone */
    public TestAuthority(Path folder) {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test authority", "-keyalg", "EC", "-ext", "bc:c=ca:true");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", certificate().toString());
    }

    /** The authority's own certificate. */
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /**
     * Issues a certificate.
     *
     * @param name of the files, and the common name
     * @param host what the certificate is good for: {@code ip:127.0.0.1} or {@code dns:broker.example}
     */
    public Identity issue(String name, String host) {
        Path request = folder.resolve(name + ".csr");
        Path certificate = folder.resolve(name + ".pem");
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "RSA", "-keysize", "2048");
        keytool("-certreq", "-alias", name, "-file", request.toString());
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-ext",
                "san=" + host,
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString());
        return new Identity(certificate, exportKey(name));
    }

    private Path exportKey(String name) {
        try {
            KeyStore store = KeyStore.getInstance(folder.resolve("store.p12").toFile(), PASSWORD.toCharArray());
            Key key = store.getKey(name, PASSWORD.toCharArray());
            byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
            String text = Base64.getMimeEncoder(64, lineEnd).encodeToString(key.getEncoded());
            return Files.writeString(
                    folder.resolve(name + ".key"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot export the key of " + name, e);
        }
    }

    private void keytool(String... arguments) {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", folder.resolve("store.p12").toString(), "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool " + String.join(" ", arguments) + ": " + printed);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in keytool", e);
        }
    }
}
