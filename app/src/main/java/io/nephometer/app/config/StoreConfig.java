// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.runtime.config.Secret;
import io.nephometer.store.ledger.StoreUrl;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the ledger is. */
public record StoreConfig(
        @Doc("sqlite:PATH (one process per file) or postgresql://host:port/database.")
        @Default("sqlite:nephometer.db")
        @Example("postgresql://nephometer@db.example.org:5432/nephometer")
        ConnectionUrl url,

        @Doc("The password, so that it need not stand in the URL: ${VARIABLE} or file:/path.")
        @Example("file:/etc/nephometer/store-password")
        @Nullable Secret password,

        @Doc("Connections to the database that this process keeps open at most. SQLite always writes through one.")
        @Default("4")
        @Between(min = "1", max = "100")
        int connections,

        @Doc("How long to wait for a connection before the store counts as unreachable.")
        @Default("5s")
        @Between(min = "100ms", max = "5m")
        Duration connectTimeout,

        @Doc("How long one statement of a commit may take before it is given up and tried again.")
        @Default("1m")
        @Between(min = "1s", max = "1h")
        Duration statementTimeout,

        @Doc("How long things are kept.") RetentionConfig retention) {
    private static final Set<String> SCHEMES = Set.of("sqlite", "postgresql");

    public StoreConfig {
        if (!SCHEMES.contains(url.scheme())) {
            throw new InvalidSetting("url", "expected sqlite:PATH or postgresql://host:port/database");
        }
        try {
            StoreUrl.parse(url.reveal());
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("url", String.valueOf(e.getMessage()));
        }
    }
}
