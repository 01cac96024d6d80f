// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Fate;
import io.nephometer.store.ledger.CommitStep;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process dies before and after each step of a commit; then the source delivers the same batch again, as it must. Nothing is
 * lost and nothing is doubled, wherever it died.
 */
@Tag("server")
class CrashPointTest {
    @TempDir
    Path folder;

    private record Point(CommitStep step, String side, int number) {
        boolean durable() {
            return step == CommitStep.COMMIT && side.equals("after");
        }
    }

    private static List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (CommitStep step : CommitStep.values()) {
            for (String side : List.of("before", "after")) {
                points.add(new Point(step, side, points.size() + 1));
            }
        }
        return points;
    }

    @Test
    void sqliteLosesAndDoublesNothingWhereverTheProcessDies() throws Exception {
        diesEverywhere("sqlite:" + folder.resolve("ledger.db"), "sqlite:" + folder.resolve("undisturbed.db"));
    }

    @Test
    void postgresLosesAndDoublesNothingWhereverTheProcessDies() throws Exception {
        diesEverywhere(SharedPostgres.newDatabase(), SharedPostgres.newDatabase());
    }

    @Test
    void mariaDbLosesAndDoublesNothingWhereverTheProcessDies() throws Exception {
        diesEverywhere(SharedMariaDb.newDatabase(), SharedMariaDb.newDatabase());
    }

    private void diesEverywhere(String url, String undisturbedUrl) throws IOException, InterruptedException {
        int batches = 0;
        for (Point point : points()) {
            die(url, point);
            batches++;
            try (LedgerFixture fixture = LedgerFixture.open(StoreUrl.parse(url))) {
                List<Fate> fates = deliver(fixture, point).fates();
                if (point.durable()) {
                    assertThat(fates).as(point.toString()).containsOnly(Fate.DUPLICATE);
                } else {
                    assertThat(fates)
                            .as(point.toString())
                            .containsExactly(
                                    Fate.EVENT, Fate.EVENT, Fate.SAMPLE_ONLY, Fate.SAMPLE_ONLY, Fate.RECOVERED);
                }
                assertThat(fixture.events()).as(point.toString()).hasSize(CrashingCommit.EVENTS * batches);
                assertThat(fixture.samples())
                        .as(point.toString())
                        .hasSize((CrashingCommit.EVENTS + 2) * batches)
                        .doesNotHaveDuplicates();
                assertThat(fixture.recovery()).as(point.toString()).hasSize(batches);
                assertThat(deliveredSlots(fixture))
                        .as(point.toString())
                        .hasSize(batches)
                        .allSatisfy(slot -> assertThat(slot.samples()).isEqualTo(1));
            }
        }
        assertSameAsUndisturbed(url, undisturbedUrl);
    }

    private static List<SlotRecord> deliveredSlots(LedgerFixture fixture) {
        List<SlotRecord> slots = new ArrayList<>();
        SlotQuery query = new SlotQuery(null, null, null, null, null, Set.of(SlotState.DONE), null);
        fixture.ledger().slots().slots(query, slots::add);
        return slots;
    }

    private static void assertSameAsUndisturbed(String url, String undisturbedUrl) {
        try (LedgerFixture disturbed = LedgerFixture.open(StoreUrl.parse(url));
                LedgerFixture undisturbed = LedgerFixture.open(StoreUrl.parse(undisturbedUrl))) {
            points().forEach(point -> deliver(undisturbed, point));
            assertThat(disturbed.events()).containsExactlyInAnyOrderElementsOf(undisturbed.events());
            assertThat(disturbed.samples()).containsExactlyInAnyOrderElementsOf(undisturbed.samples());
            // How often a message came differs by nature: what was durable came once more.
            assertThat(disturbed.recovery())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seen")
                    .containsExactlyInAnyOrderElementsOf(undisturbed.recovery());
        }
    }

    private static CommitReport deliver(LedgerFixture fixture, Point point) {
        CommitOutcome outcome = fixture.ledger().commit(CrashingCommit.batch(point.number()));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).report();
    }

    private void die(String url, Point point) throws IOException, InterruptedException {
        Path output = folder.resolve("output-" + point.number());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingCommit.class.getName(),
                        url,
                        point.step().name(),
                        point.side(),
                        Integer.toString(point.number()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(point + ": " + Files.readString(output))
                .isEqualTo(CrashingCommit.KILLED);
    }
}
