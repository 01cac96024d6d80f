// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConfigReader;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.runtime.config.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What audits read is kept for as long as they go back, or the file is refused. */
class AuditReachTest {
    private static final String CELLS = "cells: [{name: one, url: 'mariadb://one/nova'}]";

    private static Configuration read(String yaml) throws ConfigException {
        return new ConfigReader("N", Map.of())
                .read(yaml, "f", Configuration.class)
                .value();
    }

    private static void assertRefused(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems())
                .singleElement()
                .extracting(Problem::toString)
                .isEqualTo(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a month that ended at most a month ago, though less is caught up
                "{period: month, catch_up: 7d}|20d|20d|62d (one period and catch_up, or two periods if that is more)|20d",
                "{period: month, catch_up: 7d}|60d|20d|62d (one period and catch_up, or two periods if that is more)|60d",
                "{period: month, catch_up: 90d}|7d|100d|121d (one period and catch_up, or two periods if that is more)|100d",
                "{period: year}|7d|700d|732d (one period and catch_up, or two periods if that is more)|700d",
                "{period: hour, catch_up: 2d}|1d|2d|2d1h (one period and catch_up, or two periods if that is more)|2d",
            })
    void usage_ofTheLedgersInventory(String usage, String samples, String audited, String back, String kept) {
        assertRefused(
                """
                audits:
                  usage: %s
                store:
                  retention:
                    samples: %s
                    audited: %s
                """.formatted(usage, samples, audited),
                "f:6: store.retention.audited: " + audited + ": audits.usage goes back " + back
                        + ": expected as much, not " + kept);
    }

    @Test
    void usage_ofNovasDatabases() {
        assertRefused(
                "audits: {inventory: cells, usage: {catch_up: 62d}}\nnova_cells:\n  deleted_kept: 40d\n  " + CELLS,
                "f:3: nova_cells.deleted_kept: 40d: audits.usage goes back 93d (one period and catch_up, or two periods if that"
                        + " is more): expected as much, not 40d");
        assertRefused(
                """
                audits: {inventory: cells, usage: {period: day, catch_up: 62d}}
                nova_cells: {deleted_kept: 100d, %s}
                store: {retention: {events: 10d, samples: 10d, audited: 30d}}
                """.formatted(CELLS),
                "f:3: store.retention.audited: 30d: audits.usage goes back 63d (one period and catch_up, or two periods if that"
                        + " is more): expected as much, not 30d");
    }

    @Test
    void usageThatTellsBandwidth() {
        assertRefused(
                """
                audits: {usage: {period: hour, catch_up: 10d}, bandwidth: {enabled: true}}
                store: {retention: {events: 10d, samples: 10d}}
                """,
                "f:2: store.retention.samples: 10d: audits.usage goes back 10d1h (where it tells the bandwidth that was counted):"
                        + " expected as much, not 10d");
    }

    /** It would go to recovery. */
    @Test
    void usageWhoseEventWouldBeTooOld() {
        assertRefused(
                """
                audits: {usage: {period: hour, catch_up: 8d}}
                store: {retention: {events: 7d, samples: 6d}}
                """,
                "f:1: audits.usage.catch_up: 8d: what audits tell is not taken if it is older than events and samples are kept (the"
                        + " longer of store.retention.events and store.retention.samples): expected no more than 7d");
        assertRefused(
                """
                audits: {overdue: 8d, usage: {period: hour}}
                store: {retention: {events: 7d, samples: 6d}}
                """,
                "f:1: audits.overdue: 8d: what audits tell is not taken if it is older than events and samples are kept (the longer"
                        + " of store.retention.events and store.retention.samples): expected no more than 7d");
    }

    /** Nobody said how far: as far as goes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{}|62d",
                "{}|{events: 30d, samples: 30d}|719h",
                "{}|{events: 30d, samples: 20d}|719h",
                "{}|{events: 30d}|62d",
                "{}|{audited: 80d, samples: 5d}|1175h",
                "{usage: {period: hour}, bandwidth: {enabled: true}}|{events: 10d, samples: 10d}|238h",
                "{usage: {period: month, catch_up: 7d}}|{events: 30d, samples: 30d}|7d",
            })
    void usageGoesBackAsFarAsIsKept(String audits, String retention, String catchUp) throws ConfigException {
        AuditsConfig read = Objects.requireNonNull(read("audits: " + audits + "\nstore: {retention: " + retention + "}")
                .audits());
        assertThat(read.usage().catchUp()).isEqualTo(DurationText.parse(catchUp));
    }

    @Test
    void usageGoesBackAsFarAsNovasDatabasesDo() throws ConfigException {
        AuditsConfig read = Objects.requireNonNull(
                read("audits: {inventory: cells}\nnova_cells: {deleted_kept: 70d, " + CELLS + "}")
                        .audits());
        assertThat(read.usage().catchUp()).isEqualTo(Duration.ofHours(935));
        assertThat(read.usageOptions().catchUp()).isEqualTo(Duration.ofHours(935));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bandwidth: {enabled: true}|2d|2d2h (one period and catch_up, or two periods if that is more, and what came late)",
                "volumes: {enabled: true, period: month}|30d|62d1h (one period and catch_up, or two periods if that is more, and what"
                        + " came late)",
                "hosts: {enabled: true}|1h|1h35m (catch_up and what was measured before)",
                "pending_deletes: {enabled: true, interval: 50m}|119m|2h (two intervals and what was measured before)",
            })
    void whatAgentsMeasured(String audit, String samples, String back) throws ConfigException {
        String yaml = "audits: {usage: {enabled: false}, %s}\nstore: {retention: {samples: %s, audited: 300d}}";
        assertRefused(
                yaml.formatted(audit, samples),
                "f:2: store.retention.samples: " + samples + ": audits." + audit.substring(0, audit.indexOf(':'))
                        + " goes back " + back + ": expected as much, not "
                        + DurationText.print(DurationText.parse(samples)));
        String enough = back.substring(0, back.indexOf(' '));
        assertThat(read(yaml.formatted(audit, enough)).audits()).isNotNull();
    }

    @Test
    void whatIsLeftOfInstancesIsRemovedWhileTheyAreKnown() {
        assertRefused(
                """
                audits: {usage: {enabled: false}, pending_deletes: {enabled: true, keep: 100d}}
                store: {retention: {samples: 7d}}
                """,
                "f:2: store.retention.audited: audits.pending_deletes goes back 100d2h10m (keep, and two periods of what is counted):"
                        + " expected as much, not 100d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audits: {}",
                "audits: {}\nstore: {retention: {events: 7d, samples: 62d}}",
                "audits: {}\nstore: {retention: {events: 62d, samples: 7d}}",
                "audits: {}\nstore: {retention: {events: 7d, samples: 7d}}",
                "audits: {usage: {catch_up: 7d}}\nstore: {retention: {events: 7d, samples: 7d}}",
                "audits: {usage: {period: month, catch_up: 7d}}\nstore: {retention: {samples: 20d, audited: 62d}}",
                "audits: {usage: {period: month, catch_up: 90d}}\nstore: {retention: {samples: 121d, audited: 1d}}",
                "audits: {usage: {enabled: false}}\nstore: {retention: {samples: 7d, audited: 1d}}",
                "audits: {bandwidth: {enabled: true}, volumes: {enabled: true}, hosts: {enabled: true},"
                        + " pending_deletes: {enabled: true}}\nstore: {retention: {events: 7d, samples: 7d}}",
                "audits: {inventory: cells}\nnova_cells: {deleted_kept: 93d, cells: [{name: one, url: 'mariadb://one/nova'}]}",
                "audits: {inventory: cells, usage: {enabled: false}}\n"
                        + "nova_cells: {deleted_kept: 1d, cells: [{name: one, url: 'mariadb://one/nova'}]}",
            })
    void whatIsKeptForLongEnoughIsTaken(String yaml) {
        assertThatCode(() -> read(yaml)).doesNotThrowAnyException();
    }
}
