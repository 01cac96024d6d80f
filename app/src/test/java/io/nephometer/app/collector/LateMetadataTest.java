// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import static io.nephometer.app.collector.MeasuredHost.NOW;
import static io.nephometer.app.collector.MeasuredHost.SLOT;
import static io.nephometer.app.collector.MeasuredHost.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.Main;
import io.nephometer.pipeline.batch.BatchCompanion;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingMessage;
import io.nephometer.store.ledger.Ledger;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same hypervisor, measured with metadata and without: the ledger must not show which it was. */
class LateMetadataTest {
    @TempDir
    private Path folder;

    private MeasuredHost host;

    @BeforeEach
    void open() throws Exception {
        host = new MeasuredHost(folder);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aLedgerOfBareMessagesIsThatOfFullOnes_atATenthOfTheBytes() throws Exception {
        List<PollingMessage> full = host.full();
        host.fillCache();
        List<PollingMessage> bare = host.bare();
        try (Ledger one = host.ledger("full.db");
                Ledger other = host.ledger("bare.db")) {
            host.commit(one, full, BatchCompanion.NONE);
            host.commit(other, bare, host.join());
            assertThat(rows(other)).containsExactlyInAnyOrderElementsOf(rows(one));
            assertThat(host.fates()).containsOnlyKeys(LateJoin.Fate.JOINED);
            assertThat(other.pending().count().open()).isZero();
        }
        assertThat(bytes(full)).isGreaterThan(10 * bytes(bare));
    }

    private static long bytes(List<PollingMessage> messages) {
        return messages.stream()
                .mapToLong(message -> message.body().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    @Test
    void samplesOlderThanWhatIsRemembered_sayOfWhichMomentTheirMetadataIs_andAreCounted() throws Exception {
        Instant changed = NOW.plusSeconds(5);
        try (Ledger joined = host.ledger("joined.db");
                Ledger completed = host.ledger("completed.db")) {
            host.commit(completed, host.bare(), host.join());
            long waiting = completed.pending().open();
            host.fates().clear();

            host.full();
            host.fillCache(changed);
            host.commit(joined, host.bare(), host.join());
            assertThat(host.fates()).containsOnlyKeys(LateJoin.Fate.NOT_REMEMBERED);
            host.completion(completed, Duration.ofHours(1)).run();
            assertThat(host.counted("nephometer.late.completed.not.remembered"))
                    .isEqualTo((double) waiting)
                    .isPositive();
            for (Ledger ledger : List.of(joined, completed)) {
                assertThat(rows(ledger)).allMatch(row -> row.contains("\"metadata_as_of\":\"" + changed + "\""));
            }
        }
    }

    /** Three cycles, the first of which comes before anything is known, so that it is completed later. */
    @Test
    void noQueryTellsALedgerOfBareMessagesFromThatOfFullOnes() throws Exception {
        try (Ledger one = host.ledger("full.db");
                Ledger other = host.ledger("bare.db")) {
            for (int cycle = 0; cycle < 3; cycle++) {
                Instant slot = SLOT.minus(Duration.ofMinutes(5).multipliedBy(2 - cycle));
                host.commit(one, host.full(slot), BatchCompanion.NONE);
                host.commit(other, host.bare(EnvelopeOptions.defaults(), slot), host.join());
                if (cycle == 0) {
                    assertThat(query("samples", "bare.db").equals(query("samples", "full.db")))
                            .as("what is pending shows")
                            .isFalse();
                    host.fillCache();
                    host.completion(other, Duration.ofHours(1)).run();
                }
            }
        }
        assertThat(host.fates()).containsOnlyKeys(LateJoin.Fate.PENDING, LateJoin.Fate.JOINED);
        assertThat(query("samples", "full.db").size()).isGreaterThan(300);
        assertThat(query("slots", "full.db").size()).isGreaterThanOrEqualTo(3);
        for (String question : List.of("samples", "resources", "meters", "statistics", "slots", "pending")) {
            assertThat(query(question, "bare.db").equals(query(question, "full.db")))
                    .as("the same %s", question)
                    .isTrue();
        }
    }

    /** What {@code nephometer query} prints, to the byte; those of the same moment, which come as they were committed, in one order. */
    private List<String> query(String question, String name) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(
                List.of("query", question, "--store", "sqlite:" + folder.resolve(name), "--format", "jsonl"));
        if (question.equals("slots")) {
            arguments.addAll(List.of("--from", SLOT.minus(Duration.ofDays(1)).toString()));
        }
        int exitCode =
                Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isZero();
        return out.toString().lines().sorted().toList();
    }

    @Test
    void samplesOfInstancesThatWereDeletedMeanwhileAreJoinedWithWhatTheyWere() throws Exception {
        List<PollingMessage> full = host.full();
        host.fillCache();
        try (Ledger one = host.ledger("full.db");
                Ledger other = host.ledger("bare.db")) {
            host.commit(one, full, BatchCompanion.NONE);
            List<PollingMessage> bare = host.bare();
            host.deleteAll();
            host.commit(other, bare, host.join());
            assertThat(rows(other)).containsExactlyInAnyOrderElementsOf(rows(one));
            assertThat(host.fates()).containsOnlyKeys(LateJoin.Fate.JOINED);
        }
    }

    @Test
    void largeSlotsTravelInParts() throws Exception {
        host.full();
        host.fillCache();
        List<PollingMessage> parts = host.bare(EnvelopeOptions.defaults().withMaxBytes(8 << 10), SLOT);
        assertThat(parts).hasSizeGreaterThan(1);
        try (Ledger one = host.ledger("one.db");
                Ledger other = host.ledger("parts.db")) {
            host.commit(one, host.bare(), host.join());
            host.commit(other, parts, host.join());
            assertThat(rows(other)).containsExactlyInAnyOrderElementsOf(rows(one));
        }
    }
}
