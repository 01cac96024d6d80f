// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.runtime.config.Secret;
import io.nephometer.store.replica.Fallback;
import io.nephometer.testkit.config.ConfigRecordAssert;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreConfigTest {
    private static final RetentionConfig RETENTION =
            new RetentionConfig(null, null, null, Duration.ofDays(100), Duration.ofMinutes(10), 50_000);
    static final StoreConfig STORE = new StoreConfig(
            new ConnectionUrl("sqlite:nephometer.db"),
            null,
            4,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15),
            List.of(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Fallback.PRIMARY,
            20,
            RETENTION);

    /** The defaults, but for the connections. */
    static StoreConfig withConnections(int connections) {
        return with(STORE.url(), connections, List.of());
    }

    private static StoreConfig with(ConnectionUrl url, int connections, List<ConnectionUrl> slaves) {
        return new StoreConfig(
                url,
                STORE.password(),
                connections,
                STORE.connectTimeout(),
                STORE.statementTimeout(),
                STORE.readTimeout(),
                slaves,
                STORE.maxStaleness(),
                STORE.probeInterval(),
                STORE.slaveTimeout(),
                STORE.fallback(),
                STORE.fallbackReadsPerSecond(),
                STORE.retention());
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite:x, sqlite:y, both have to be databases of one kind",
        "sqlite:x, postgresql://replica/x, both have to be databases of one kind",
        "postgresql://db/x, postgresql://db/x, is store.url itself",
        "postgresql://db/x, postgresql://replica, no database name",
    })
    void aSlaveThatCannotBeOne_isRefused(String url, String slave, String why) {
        assertThatThrownBy(() -> with(new ConnectionUrl(url), 4, List.of(new ConnectionUrl(slave))))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(why);
    }

    @Test
    void store() {
        ConfigRecordAssert<StoreConfig> record = ConfigRecordAssert.of(StoreConfig.class);
        record.hasDefaults(STORE);
        record.bindsEveryKey(
                """
                url: postgresql://me@db/x
                password: word
                connections: 8
                connect_timeout: 1s
                statement_timeout: 2s
                read_timeout: 1h
                slave_connection: [postgresql://me@replica/x]
                max_staleness: 1m
                probe_interval: 2s
                slave_timeout: 5s
                fallback: stale
                fallback_reads_per_second: 7
                retention: {events: 30d}
                """,
                new StoreConfig(
                        new ConnectionUrl("postgresql://me@db/x"),
                        new Secret("word"),
                        8,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofHours(1),
                        List.of(new ConnectionUrl("postgresql://me@replica/x")),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Fallback.STALE,
                        7,
                        new RetentionConfig(
                                Duration.ofDays(30),
                                null,
                                null,
                                Duration.ofDays(100),
                                Duration.ofMinutes(10),
                                50_000)));
    }

    @Test
    void retention() {
        ConfigRecordAssert<RetentionConfig> record = ConfigRecordAssert.of(RetentionConfig.class);
        record.hasDefaults(RETENTION);
        RetentionConfig all = new RetentionConfig(
                Duration.ofDays(1),
                Duration.ofDays(2),
                Duration.ofDays(3),
                Duration.ofDays(4),
                Duration.ofMinutes(1),
                100);
        record.bindsEveryKey(
                "{events: 1d, samples: 2d, recovery: 3d, audited: 4d, interval: 1m, rows_per_run: 100}", all);
        assertThat(all.longest()).isEqualTo(Duration.ofDays(2));
        assertThat(RETENTION.longest()).isNull();
    }
}
