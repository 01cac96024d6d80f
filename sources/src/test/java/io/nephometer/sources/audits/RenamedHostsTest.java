// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A counter goes on when its host is called otherwise, and is another one when its instance moves. */
class RenamedHostsTest {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant E = Instant.parse("2026-11-22T02:00:00Z");
    private static final Period HOUR = new Period(B, E);
    private static final Period NEXT = new Period(E, E.plusSeconds(3600));
    private static final CountingOptions OPTIONS =
            new CountingOptions(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofMinutes(30));
    private static final String STAYED =
            "counters go on, since only their host is called otherwise now, of 1 instance: i-1";
    private static final String MOVED =
            "counters that showed no less on another host are counted whole of 1 instance: i-1";

    private final FakeCloud cloud = new FakeCloud();
    private final Past past = new Past();
    private final FakeMeasurements measured = new FakeMeasurements();
    private final CountingAuditor auditor =
            new CountingAuditor(new PollBandwidthUsage(), OPTIONS, measured, past, measured, cloud, cloud);

    /** Instances by all their versions. */
    private static final class Past implements Inventory {
        private final List<InstanceVersion> versions = new ArrayList<>();
        private Instant watermark = Instant.MAX;
        private List<String> unsure = List.of();

        @Override
        public Place place(Instant needed) {
            return new Place("primary", Instant.EPOCH, watermark);
        }

        @Override
        public Window window(Period period, int share, Instant needed) {
            Map<String, InstanceVersion> found = new HashMap<>();
            versions.stream()
                    .filter(one -> one.since().isBefore(period.end()))
                    .forEach(one -> found.put(one.id(), one));
            return new Window(
                    place(needed),
                    found.values().stream()
                            .filter(one -> HostShare.of(one.host()) == share)
                            .toList(),
                    unsure);
        }
    }

    @BeforeEach
    void measuredUnderOneName() {
        shows(0, "h1", 1_000);
        shows(50, "h1", 1_200);
    }

    private void shows(int minute, String host, long in) {
        measured.traffic(B.plusSeconds(60L * minute), host, "i-1", "m", in, in / 10);
    }

    private void version(Instant since, @Nullable String host, Instant launched, @Nullable String node) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("node", node);
        past.versions.add(new InstanceVersion("i-1", since, since, host, launched, null, fields));
    }

    private static Instant minute(int minute) {
        return B.plusSeconds(60L * minute);
    }

    private long count() {
        for (Period period : List.of(HOUR, NEXT)) {
            cloud.now = period.end().plusSeconds(90);
            IntStream.range(0, HostShare.COUNT)
                    .forEach(share -> assertThat(auditor.run(period, share)).isInstanceOf(AuditResult.Done.class));
        }
        return measured.sum("bw_in");
    }

    private String message(Period period) {
        return Objects.requireNonNull(cloud.entries.get(auditor.key(period, CounterFold.share("i-1")))).message;
    }

    /** The setting of the agent: Nova knows nothing of it. */
    @Test
    void anAgentThatCallsItsHostOtherwiseGoesOn_andThatIsSaid() {
        version(minute(-600), "nova-calls-it-so", minute(-600), "n1");
        shows(70, "h1.example.org", 1_500);
        shows(80, "h1.example.org", 1_600);
        assertThat(count()).isEqualTo(200 + 300 + 100);
        assertThat(measured.sum("bw_out")).isEqualTo(20 + 30 + 10);
        assertThat(message(NEXT)).isEqualTo(STAYED);
    }

    @Test
    void aHostThatNovaCallsOtherwise_withTheSameHypervisor_goesOn() {
        version(minute(-600), "h1", minute(-600), "n1");
        version(minute(60), "h2", minute(-600), "n1");
        shows(70, "h2", 1_500);
        assertThat(count()).isEqualTo(200 + 300);
        assertThat(message(NEXT)).isEqualTo(STAYED);
    }

    /** Nova counts the new name as if it had always been so: it is written over the old one. */
    @Test
    void aHostThatWasNamedAnewInNovasDatabaseGoesOn() {
        version(minute(-600), "h2", minute(-600), null);
        shows(70, "h2", 1_500);
        assertThat(count()).isEqualTo(200 + 300);
    }

    @Test
    void withinAPeriodItIsTheSame_andBackAgainLater() {
        version(minute(-600), "h1", minute(-600), "n1");
        shows(55, "other", 1_250);
        shows(100, "h1", 1_300);
        assertThat(count()).isEqualTo(250 + 50);
        assertThat(message(HOUR)).contains("; " + STAYED);
        assertThat(message(NEXT)).isEqualTo(STAYED);
    }

    @Test
    void migratedLive_withMoreCountedSinceThanBefore_isCountedWhole_andThatIsSaid() {
        version(minute(-600), "h1", minute(-600), "n1");
        version(minute(60), "h2", minute(-600), "n2");
        shows(70, "h2", 1_500);
        assertThat(count()).isEqualTo(200 + 1_500);
        assertThat(message(NEXT)).isEqualTo(MOVED);
    }

    /** Migrated cold, resized or evacuated: even back to where it was. */
    @Test
    void startedSinceIsCountedWhole() {
        version(minute(-600), "h1", minute(-600), "n1");
        version(minute(60), "h1", minute(60), "n1");
        shows(70, "h2", 1_500);
        assertThat(count()).isEqualTo(200 + 1_500);
        assertThat(message(NEXT)).isEqualTo(MOVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "later", "unsure", "nowhere"})
    void whatIsNotCertainIsCountedWhole(String why) {
        switch (why) {
            case "later" -> version(minute(60), "h1", minute(-600), "n1");
            case "nowhere" -> version(minute(-600), null, minute(-600), null);
            case "unsure" -> {
                version(minute(-600), "h1", minute(-600), "n1");
                past.unsure = List.of("i-1");
            }
            default -> {}
        }
        shows(70, "h2", 1_500);
        assertThat(count()).isEqualTo(200 + 1_500);
        assertThat(message(NEXT)).isEqualTo(MOVED);
    }

    @Test
    void aHostThatIsStillMeasuredHasNoOtherName() {
        version(minute(-600), "h1", minute(-600), "n1");
        shows(70, "h2", 1_500);
        measured.traffic(minute(71), "h1", "i-2", "m", 0, 0);
        measured.traffic(minute(72), "h1", "i-2", "m", 0, 0);
        assertThat(count()).isEqualTo(200 + 1_500);
        assertThat(message(NEXT)).isEqualTo("1 counters began unseen and are counted from what they showed first");
    }

    @Test
    void aCounterThatShowsLessElsewhereBeganAnewThere() {
        version(minute(-600), "h1", minute(-600), "n1");
        shows(70, "h2", 1_199);
        assertThat(count()).isEqualTo(200 + 1_199);
        assertThat(message(NEXT)).isEmpty();
    }

    @Test
    void theInventoryIsWaitedFor_andCountedWholeIfItDoesNotCome() {
        version(minute(-600), "h1", minute(-600), "n1");
        shows(70, "h2", 1_500);
        int share = CounterFold.share("i-1");
        cloud.now = E.plusSeconds(90);
        assertThat(auditor.run(HOUR, share)).isInstanceOf(AuditResult.Done.class);
        past.watermark = NEXT.end().minusNanos(1);
        cloud.now = NEXT.end().plusSeconds(90);
        assertThat(auditor.run(NEXT, share))
                .isEqualTo(new AuditResult.Held(
                        "the inventory does not tell yet whether 1 counters of other hosts are of moved instances"));
        cloud.now = NEXT.end().plus(Duration.ofMinutes(31));
        assertThat(auditor.run(NEXT, share)).isInstanceOf(AuditResult.Done.class);
        assertThat(measured.sum("bw_in")).isEqualTo(200 + 1_500);
        assertThat(message(NEXT)).isEqualTo(MOVED);
    }
}
