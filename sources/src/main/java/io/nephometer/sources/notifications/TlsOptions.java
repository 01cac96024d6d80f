// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to trust a broker that speaks TLS, and how to be trusted by it.
 *
 * @param caFile certificates (PEM) of the authorities to trust; null for those that Java trusts
 * @param certificateFile our certificate (PEM), followed by those between it and its authority; null if the broker wants none
 * @param keyFile the private key of our certificate (PEM, PKCS#8, not encrypted); null if there is no certificate
 * @param verify whether the broker's certificate must be trusted and bear the host's name. Switching it off lets anyone in
 *     between read and change everything
 */
public record TlsOptions(
        @Nullable Path caFile,
        @Nullable Path certificateFile,
        @Nullable Path keyFile,
        boolean verify) {
    public TlsOptions {
        if ((certificateFile == null) != (keyFile == null)) {
            throw new IllegalArgumentException("a client certificate and its key are given together or not at all");
        }
    }

    /** The authorities that Java trusts, no certificate of our own, verification on. */
    public static TlsOptions defaults() {
        return new TlsOptions(null, null, null, true);
    }
}
