// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Event;
import io.nephometer.runtime.Health;
import io.nephometer.store.ledger.InventoryReader.Mark;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nova's clock is wrong, or was: the mark of the inventory is never later than what was read. */
@Timeout(120)
class NovasClockTest {
    @TempDir
    private Path folder;

    private AuditedCloud all;

    @BeforeEach
    void open() throws Exception {
        all = new AuditedCloud("sqlite:" + folder.resolve("ledger.db"), true);
    }

    @AfterEach
    void close() throws Exception {
        all.close();
    }

    private void skew(Duration by) {
        all.cloud.cloud().skewClock(by);
    }

    private String deleted() {
        String id = all.cloud
                .cloud()
                .guestsOf(all.cloud.cloud().hosts().getFirst().name())
                .getFirst()
                .id();
        all.cloud.operations().delete(id);
        return id;
    }

    private Optional<Instant> mark() {
        return all.ledger.inventory().mark(InventoryFeed.SOURCE).map(Mark::until);
    }

    private void toldAsDeleted(String id) {
        List<Event> ours = all.exists(true).stream()
                .filter(event -> event.generated().equals(Instant.parse("2026-11-28T11:00:00Z")))
                .toList();
        assertThat(ours).hasSize(12);
        assertThat(ours)
                .filteredOn(event -> AuditedCloud.text(event, "instance_id").equals(id))
                .singleElement()
                .satisfies(event -> {
                    assertThat(AuditedCloud.text(event, "state")).isEqualTo("deleted");
                    assertThat(AuditedCloud.text(event, "deleted_at")).startsWith("2026-11-28T10:5");
                });
    }

    /** Read until shortly before the end; what ends then is not known, and nobody reads until after the audit. */
    private void anEndIsToldWhenItIsKnown() throws Exception {
        all.runUntil("2026-11-28T10:59:20Z");
        all.reads = false;
        all.collects = false;
        String gone = deleted();
        all.runUntil("2026-11-28T11:03:00Z");
        assertThat(all.audit().done()).isZero();
        assertThat(all.exists(true)).isEmpty();
        all.reads = true;
        all.runUntil("2026-11-28T11:06:00Z");
        assertThat(all.audit().why()).isNull();
        toldAsDeleted(gone);
    }

    @Test
    void aClockThatWasAheadForAWhileOpensNoGate() throws Exception {
        all.runUntil("2026-11-28T10:50:00Z");
        skew(Duration.ofMinutes(30));
        all.runUntil("2026-11-28T10:55:00Z");
        skew(Duration.ZERO);
        anEndIsToldWhenItIsKnown();
    }

    @Test
    void whatEndsWhileTheClockIsWrong_isKnownAsSoonAsItIsRight() throws Exception {
        for (int minutes : new int[] {30, -30}) {
            try (AuditedCloud other = new AuditedCloud("sqlite:" + folder.resolve(minutes + ".db"), true)) {
                all.close();
                all = other;
                all.runUntil("2026-11-28T10:50:00Z");
                all.collects = false;
                skew(Duration.ofMinutes(minutes));
                String gone = deleted();
                all.runUntil("2026-11-28T10:55:00Z");
                assertThat(mark().orElseThrow()).isBefore(Instant.parse("2026-11-28T10:50:00Z"));
                skew(Duration.ZERO);
                all.runUntil("2026-11-28T11:03:00Z");
                assertThat(all.audit().why()).isNull();
                assertThat(all.exists(true))
                        .filteredOn(
                                event -> AuditedCloud.text(event, "instance_id").equals(gone))
                        .allSatisfy(event ->
                                assertThat(AuditedCloud.text(event, "state")).isEqualTo("deleted"));
            }
        }
    }

    @Test
    void aClockThatIsAlwaysAheadHoldsTheAuditBack_andSaysWhy() throws Exception {
        skew(Duration.ofSeconds(90));
        all.runUntil("2026-11-28T11:04:00Z");
        assertThat(all.audit().done()).isZero();
        assertThat(mark()).isEmpty();
        assertThat(all.feed.health().detail())
                .contains("clock_differs", "Nova's clock is 90 s ahead of ours")
                .contains("time server");
        double differed = all.differed();
        assertThat(differed).isPositive();
        skew(Duration.ofSeconds(4));
        all.runUntil("2026-11-28T11:06:00Z");
        assertThat(all.audit().why()).isNull();
        assertThat(all.feed.health().detail()).doesNotContain("clock_differs").contains("complete up to");
        assertThat(all.differed()).isEqualTo(differed);
    }

    @Test
    void aProcessThatNoLongerReadsDoesNotComplainOfTheClock() throws Exception {
        skew(Duration.ofSeconds(90));
        all.runUntil("2026-11-28T10:40:00Z");
        assertThat(all.feed.health()).isInstanceOf(Health.Degraded.class);
        all.reads = false;
        all.runUntil("2026-11-28T10:46:00Z");
        assertThat(all.feed.health()).isInstanceOf(Health.Up.class);
        assertThat(all.feed.health().detail()).contains("has not read for");
    }

    /** Several hosts behind one address: each answer shows the clock of another. */
    @Test
    void ofHostsWithDifferentClocksThoseThatAreRightMoveTheMark() throws Exception {
        for (int i = 0; i < 29; i++) {
            skew(Duration.ofMinutes(i % 3 == 0 ? 30 : i % 3 == 1 ? 0 : -30));
            all.run(Duration.ofMinutes(1));
            assertThat(mark())
                    .satisfies(it -> it.ifPresent(until -> assertThat(until).isBeforeOrEqualTo(all.clock.instant())));
        }
        assertThat(mark().orElseThrow()).isAfter(Instant.parse("2026-11-28T10:54:00Z"));
        skew(Duration.ZERO);
        anEndIsToldWhenItIsKnown();
    }

    /** As an earlier version of the program wrote it. */
    @Test
    void aMarkThatLiesInTheFutureIsNotBelieved_andIsMendedByTheNextReading() throws Exception {
        all.runUntil("2026-11-28T10:54:00Z");
        write(Instant.parse("2026-11-28T11:24:40Z"));
        assertThat(mark().orElseThrow()).isBefore(Instant.parse("2026-11-28T10:54:00Z"));
        anEndIsToldWhenItIsKnown();
        write(Instant.parse("2026-11-28T12:24:40Z"));
        all.reads = false;
        all.runUntil("2026-11-28T12:03:00Z");
        assertThat(all.audit().why()).contains("lies in the future", "2026-11-28T12:24:40Z");
    }

    private void write(Instant until) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                PreparedStatement update =
                        connection.prepareStatement("UPDATE inventory_marks SET complete_until = ? WHERE source = ?")) {
            update.setLong(1, Duration.between(Instant.EPOCH, until).toNanos() / 1_000);
            update.setString(2, InventoryFeed.SOURCE);
            assertThat(update.executeUpdate()).isOne();
        }
    }
}
