// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to trust a server that speaks TLS, and how to be trusted by it.
 *
 * @param caFile certificates (PEM) of the authorities to trust; null for those that Java trusts
 * @param certificateFile our certificate (PEM), followed by those between it and its authority; null if the server wants none
 * @param keyFile the private key of our certificate (PEM, PKCS#8, not encrypted); null if there is no certificate
 * @param verification what the server must prove
 */
public record TlsOptions(
        @Nullable Path caFile,
        @Nullable Path certificateFile,
        @Nullable Path keyFile,
        Verification verification) {
    public TlsOptions {
        if ((certificateFile == null) != (keyFile == null)) {
            throw new IllegalArgumentException("a client certificate and its key are given together or not at all");
        }
    }

    /** With an authority that is always asked, and a host that is checked or not. */
    public TlsOptions(
            @Nullable Path caFile, @Nullable Path certificateFile, @Nullable Path keyFile, boolean verifyHost) {
        this(caFile, certificateFile, keyFile, verifyHost ? Verification.FULL : Verification.AUTHORITY);
    }

    /** What the server must prove. */
    public enum Verification {
        /** That its certificate is of a trusted authority, and for the host that we asked for. */
        FULL,
        /** That its certificate is of a trusted authority, for whichever host. */
        AUTHORITY,
        /** Nothing: anyone in between may read and change everything. */
        NONE
    }

    /** The authorities that Java trusts, no certificate of our own, full verification. */
    public static TlsOptions defaults() {
        return new TlsOptions(null, null, null, Verification.FULL);
    }
}
