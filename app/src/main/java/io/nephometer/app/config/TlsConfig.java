// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.runtime.tls.TlsOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** TLS towards a server. */
public record TlsConfig(
        @Doc("PEM file of the authorities to trust. Not set: those of the Java runtime.")
        @Example("/etc/nephometer/ca.pem")
        @Nullable Path authorities,

        @Doc("PEM file of our certificate, if the server asks for one.")
        @Example("/etc/nephometer/client.pem")
        @Nullable Path certificate,

        @Doc("PEM file (PKCS #8) of its key.") @Example("/etc/nephometer/client.key") @Nullable Path key,

        @Doc("Whether the server's certificate must carry its host name.") @Default("true")
        boolean verifyHost) {
    public TlsConfig {
        if ((certificate == null) != (key == null)) {
            throw new InvalidSetting(certificate == null ? "certificate" : "key", "certificate and key go together");
        }
    }

    /** As whoever connects wants them. */
    public TlsOptions options() {
        return new TlsOptions(authorities, certificate, key, verifyHost);
    }
}
