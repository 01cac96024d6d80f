// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes too late to be counted is told, and nothing else is told as such. */
class LateNewsOfCountersTest {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant E = Instant.parse("2026-11-22T02:00:00Z");
    private static final Period HOUR = new Period(B, E);
    private static final Period NEXT = new Period(E, E.plusSeconds(3600));
    private static final Duration MARGIN = Duration.ofMinutes(10);
    private static final Instant COUNTED = E.plusSeconds(90);
    private static final CountingOptions OPTIONS =
            new CountingOptions(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofMinutes(60));

    private final FakeCloud cloud = new FakeCloud();
    private final FakeMeasurements measured = new FakeMeasurements();
    private final CountingAuditor auditor =
            new CountingAuditor(new PollBandwidthUsage(), OPTIONS, measured, cloud, measured, cloud, cloud);

    @BeforeEach
    void allIsKnown() {
        cloud.watermark = Instant.MAX;
    }

    private void shows(int minute, String host, long in) {
        measured.traffic(B.plusSeconds(60L * minute), host, "i-1", "m", in, 0);
    }

    private void count(Period period) {
        cloud.now = period.end().plusSeconds(90);
        assertThat(auditor.run(period, CounterFold.share("i-1"))).isInstanceOf(AuditResult.Done.class);
    }

    /** The slots of these minutes of the first hour came after it was counted. */
    private void came(String member, int from, int to) {
        Period time = new Period(B.plusSeconds(60L * from), B.plusSeconds(60L * to));
        measured.news = new Measurements.News(Map.of(member, List.of(time)), Set.of("h1", "h2"));
    }

    private String messageOf(Period period) {
        return cloud.entries.entrySet().stream()
                .filter(entry -> entry.getKey().period().equals(period))
                .map(entry -> entry.getValue().message)
                .reduce("", String::concat);
    }

    private void movedToTheSecondHost() {
        shows(0, "h1", 1_000);
        shows(10, "h1", 1_100);
        shows(30, "h2", 50);
        shows(50, "h2", 90);
        count(HOUR);
    }

    @Test
    void ofACounterThatGrewOnAnotherHostSince() {
        movedToTheSecondHost();
        shows(20, "h1", 5_000);
        shows(70, "h2", 100);
        came("h1", 20, 25);
        count(NEXT);
        assertThat(measured.sum(NEXT, "bw_in")).isEqualTo(10);
        assertThat(messageOf(NEXT)).contains("came too late").contains("1 instance: i-1");
    }

    @Test
    void ofACounterThatBeganAnewSince() {
        shows(0, "h1", 1_000);
        shows(10, "h1", 1_100);
        shows(40, "h1", 20);
        count(HOUR);
        shows(20, "h1", 5_000);
        shows(70, "h1", 30);
        came("h1", 20, 25);
        count(NEXT);
        assertThat(messageOf(NEXT)).contains("came too late").contains("1 instance: i-1");
    }

    @Test
    void whatShowsNoMoreThanWasCountedIsNotMissed() {
        shows(0, "h1", 1_000);
        shows(40, "h1", 9_000);
        count(HOUR);
        shows(20, "h1", 5_000);
        shows(70, "h1", 9_100);
        came("h1", 20, 25);
        count(NEXT);
        assertThat(messageOf(NEXT)).doesNotContain("too late");
    }

    /** It came in time, a moment before the hour was read, and is read again with the next. */
    @Test
    void whatWasCountedBeforeItMovedOrBeganAnewIsNotMissed() {
        shows(0, "h1", 1_000);
        shows(54, "h1", 1_100);
        shows(55, "h2", 50);
        shows(56, "h2", 90);
        shows(57, "h2", 10);
        count(HOUR);
        shows(70, "h2", 100);
        Period last = new Period(B.plusSeconds(52 * 60), E);
        measured.news = new Measurements.News(Map.of("h1", List.of(last), "h2", List.of(last)), Set.of("h1", "h2"));
        count(NEXT);
        assertThat(messageOf(NEXT)).doesNotContain("too late");
        assertThat(measured.sum(NEXT, "bw_in")).isEqualTo(90);
    }

    /** What counters showed later on that host is counted, and they only grow. */
    @Test
    void whatIsOlderThanWhatWasCountedOnThatHostIsNotMissed() {
        movedToTheSecondHost();
        shows(5, "h1", 1_050);
        shows(70, "h2", 100);
        came("h1", 5, 6);
        count(NEXT);
        assertThat(messageOf(NEXT)).doesNotContain("too late");
    }

    @Test
    void whatIsOnlyReadAgainIsNotMissed() {
        movedToTheSecondHost();
        shows(70, "h2", 100);
        count(NEXT);
        assertThat(messageOf(NEXT)).doesNotContain("too late");
    }

    @Test
    void whatCameOfAnotherHostAtThatTimeIsNotTakenForIt() {
        movedToTheSecondHost();
        shows(70, "h2", 100);
        came("h2", 0, 30);
        count(NEXT);
        assertThat(messageOf(NEXT)).doesNotContain("too late");
    }

    /** Then nobody can say of which host the slot is. */
    @Test
    void anAgentThatIsCalledOtherwiseThanItsHostMayHaveMeasuredIt() {
        movedToTheSecondHost();
        shows(20, "h1", 5_000);
        shows(70, "h2", 100);
        measured.news = new Measurements.News(Map.of("agent-7", List.of(HOUR)), Set.of("agent-7", "h2"));
        count(NEXT);
        assertThat(messageOf(NEXT)).contains("came too late");
    }

    @Test
    void newIsWhatCameSinceTheLastPeriodWasRead_andAWhileBefore() {
        movedToTheSecondHost();
        shows(70, "h2", 100);
        count(NEXT);
        assertThat(measured.newsSince).containsExactly(Instant.MAX, COUNTED.minus(MARGIN));
    }

    /** Of a copy of the ledger that is older than the question: what it lacked comes with the next reading. */
    @Test
    void newIsWhatTheCopyThatWasReadHadNot() {
        measured.complete = COUNTED.minusSeconds(20);
        movedToTheSecondHost();
        shows(70, "h2", 100);
        count(NEXT);
        assertThat(measured.newsSince)
                .containsExactly(Instant.MAX, COUNTED.minusSeconds(20).minus(MARGIN));
    }

    /** The first hour is not the one before. */
    @Test
    void periodsInWhichNothingWasMeasuredAreNoObstacle() {
        movedToTheSecondHost();
        Period later = new Period(NEXT.end(), NEXT.end().plusSeconds(3600));
        shows(65, "h1", 5_000);
        shows(70, "h2", 95);
        shows(130, "h2", 100);
        measured.news = new Measurements.News(Map.of("h1", List.of(NEXT)), Set.of("h1", "h2"));
        count(later);
        assertThat(measured.newsSince).containsExactly(Instant.MAX, COUNTED.minus(MARGIN));
        assertThat(messageOf(later)).doesNotContain("too late");
    }

    /** The carry has moved on by then, and nothing is read again of it. */
    @Test
    void whatIsTooLateIsStillSaidAfterACrashBetweenCountingAndTelling() {
        movedToTheSecondHost();
        shows(20, "h1", 5_000);
        shows(70, "h2", 100);
        came("h1", 20, 25);
        cloud.now = NEXT.end().plusSeconds(90);
        cloud.breaksAfter = 0;
        assertThat(auditor.run(NEXT, CounterFold.share("i-1"))).isInstanceOf(AuditResult.Failed.class);
        cloud.breaksAfter = -1;
        count(NEXT);
        assertThat(measured.sum(NEXT, "bw_in")).isEqualTo(10);
        assertThat(messageOf(NEXT)).contains("came too late").contains("1 instance: i-1");
    }
}
