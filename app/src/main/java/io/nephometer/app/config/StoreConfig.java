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
import io.nephometer.store.replica.Fallback;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the ledger is. */
public record StoreConfig(
        @Doc(
                "sqlite:PATH (one process per file), postgresql://host:port/database or mariadb://host:port/database (whose driver is "
                        + "to be added).")
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

        @Doc(
                "How long the database may keep silent to a question, until its first row or between rows, before it counts as gone. Raise it"
                        + " if reports take longer.")
        @Default("15m")
        @Between(min = "10s", max = "1d")
        Duration readTimeout,

        @Doc(
                "Replicas of this database that may answer reads which do not need the newest state. None: all reads go to url.")
        @Default("[]")
        @Example("[postgresql://nephometer@replica.example.org:5432/nephometer]")
        List<ConnectionUrl> slaveConnection,

        @Doc("A replica that may lack more than this is lagging; reads that take no more go elsewhere.")
        @Default("30s")
        @Between(min = "1s", max = "1d")
        Duration maxStaleness,

        @Doc("How often the primary is asked how far it is, and replicas twice, if there are any.")
        @Default("1s")
        @Between(min = "100ms", max = "1m")
        Duration probeInterval,

        @Doc(
                "How long a replica may keep silent before a read is asked elsewhere. Raise it if long questions are sent to replicas.")
        @Default("2s")
        @Between(min = "1s", max = "10m")
        Duration slaveTimeout,

        @Doc(
                "What happens to a read that no replica can answer: the primary is asked, the read is put off, or a stale answer is"
                        + " given and marked. Readers may have a setting of their own.")
        @Default("primary")
        Fallback fallback,

        @Doc("So many reads a second the primary takes over from replicas at most; the others are put off.")
        @Default("20")
        @Between(min = "1", max = "100000")
        int fallbackReadsPerSecond,

        @Doc("How long things are kept.") RetentionConfig retention) {
    private static final Set<String> SCHEMES = Set.of("sqlite", "postgresql", "mariadb");

    public StoreConfig {
        if (!SCHEMES.contains(url.scheme())) {
            throw new InvalidSetting(
                    "url", "expected sqlite:PATH, postgresql://host:port/database or mariadb://host:port/database");
        }
        try {
            StoreUrl.parse(url.reveal());
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("url", String.valueOf(e.getMessage()));
        }
        ProbedStaleness.check("maxStaleness", maxStaleness, "store.probe_interval", probeInterval);
        slaveConnection = List.copyOf(slaveConnection);
        for (ConnectionUrl slave : slaveConnection) {
            check(url, slave);
        }
    }

    private static void check(ConnectionUrl url, ConnectionUrl slave) {
        if (slave.scheme().equals("sqlite") || !slave.scheme().equals(url.scheme())) {
            throw new InvalidSetting(
                    "slaveConnection",
                    slave + " cannot be a replica of " + url + ": both have to be databases of one kind of server");
        }
        if (slave.equals(url)) {
            throw new InvalidSetting("slaveConnection", slave + " is store.url itself");
        }
        try {
            StoreUrl.parse(slave.reveal());
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("slaveConnection", String.valueOf(e.getMessage()));
        }
    }
}
