// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counters of instances counted is counted once, whatever happens to instances, to agents, and to those who count. */
class CountingAuditorTest {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant E = Instant.parse("2026-11-22T02:00:00Z");
    private static final Period HOUR = new Period(B, E);
    private static final Period NEXT = new Period(E, E.plusSeconds(3600));
    private static final CountingOptions OPTIONS =
            new CountingOptions(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofMinutes(30));
    private static final AuditOptions ROUNDS = new AuditOptions(
            AuditPeriod.parse("hour"), Duration.ofMinutes(1), Duration.ofHours(3), Duration.ofMinutes(30));
    private static final List<Integer> ALL =
            IntStream.range(0, HostShare.COUNT).boxed().toList();

    private final FakeCloud cloud = new FakeCloud();
    private final FakeMeasurements measured = new FakeMeasurements();
    private CountingAuditor auditor = auditor();

    private CountingAuditor auditor() {
        return new CountingAuditor(new PollBandwidthUsage(), OPTIONS, measured, cloud, measured, cloud, cloud);
    }

    @BeforeEach
    void longAfter() {
        cloud.watermark = Instant.MAX;
        cloud.now = E.plusSeconds(90);
    }

    /** Shown at a minute of the hour. */
    private void shows(int minute, String host, String instance, long in, long out) {
        measured.traffic(B.plusSeconds(60L * minute), host, instance, "m", in, out);
    }

    private AuditResult run(Period period, String instance) {
        return auditor.run(period, CounterFold.share(instance));
    }

    private long in(Period period) {
        return measured.sum(period, "bw_in");
    }

    private void launched(String instance, String host, Instant at) {
        cloud.instances.add(new InstanceVersion(instance, at, at, host, at, null, Map.of()));
    }

    @Test
    void whatWasShownFirstIsWhereCountingBegins() {
        shows(0, "h1", "i-1", 5_000, 700);
        shows(30, "h1", "i-1", 5_100, 720);
        shows(59, "h1", "i-1", 5_150, 730);
        assertThat(run(HOUR, "i-1")).isEqualTo(new AuditResult.Done(1, new AuditSink.Taken(1, 0, 0, 0)));
        assertThat(in(HOUR)).isEqualTo(150);
        assertThat(measured.sum(HOUR, "bw_out")).isEqualTo(30);
        assertThat(cloud.entries.values()).allSatisfy(entry -> assertThat(entry.message)
                .isEqualTo("1 counters began unseen and are counted from what they showed first"));
    }

    /** What is counted is final, so no patience makes up for a copy of the ledger that stands still. */
    @Test
    void anAnswerThatLacksWhatHadComeByThenIsNotTaken_howeverLongItLasts() {
        shows(0, "h1", "i-1", 5_000, 0);
        shows(59, "h1", "i-1", 5_150, 0);
        measured.knownUntil = B.plusSeconds(1_800);
        cloud.now = E.plus(Duration.ofHours(3));
        assertThat(run(HOUR, "i-1")).isEqualTo(new AuditResult.Failed("nobody lacks nothing"));
        assertThat(measured.readings).isZero();
        measured.knownUntil = E.plusSeconds(60);
        assertThat(run(HOUR, "i-1")).isInstanceOf(AuditResult.Done.class);
        assertThat(in(HOUR)).isEqualTo(150);
    }

    @Test
    void theGrowthOverTheEndOfAPeriodIsOfTheNext() {
        shows(10, "h1", "i-1", 100, 0);
        shows(50, "h1", "i-1", 300, 0);
        shows(65, "h1", "i-1", 1_000, 0);
        run(HOUR, "i-1");
        cloud.now = NEXT.end().plusSeconds(90);
        run(NEXT, "i-1");
        assertThat(in(HOUR)).isEqualTo(200);
        assertThat(in(NEXT)).isEqualTo(700);
    }

    @Test
    void aCounterThatBeganAnewIsAllNew_andSoAreTheOthersOfItsInterface() {
        shows(0, "h1", "i-1", 1_000, 10);
        shows(20, "h1", "i-1", 1_200, 20);
        // started anew: little came in, and more went out than ever before
        shows(40, "h1", "i-1", 50, 500);
        run(HOUR, "i-1");
        assertThat(in(HOUR)).isEqualTo(250);
        assertThat(measured.sum(HOUR, "bw_out")).isEqualTo(510);
    }

    @Test
    void whileItMigratesEachHostShowsItsOwn() {
        shows(0, "h1", "i-1", 1_000, 0);
        shows(10, "h1", "i-1", 1_100, 0);
        shows(11, "h2", "i-1", 0, 0);
        shows(12, "h1", "i-1", 1_150, 0);
        shows(13, "h2", "i-1", 0, 0);
        shows(14, "h2", "i-1", 30, 0);
        run(HOUR, "i-1");
        assertThat(in(HOUR)).isEqualTo(100 + 50 + 30);
    }

    @Test
    void whenItComesBackItsCountersAreNewThere_evenIfTheyShowMoreThanBefore() {
        shows(0, "h1", "i-1", 1_000, 0);
        shows(10, "h2", "i-1", 20, 0);
        shows(20, "h2", "i-1", 50, 0);
        shows(30, "h1", "i-1", 1_700, 0);
        run(HOUR, "i-1");
        assertThat(in(HOUR)).isEqualTo(50 + 1_700);
    }

    @Test
    void migratedBetweenTwoPeriods() {
        shows(0, "h1", "i-1", 1_000, 0);
        shows(59, "h1", "i-1", 1_100, 0);
        shows(70, "h2", "i-1", 40, 0);
        run(HOUR, "i-1");
        cloud.now = NEXT.end().plusSeconds(90);
        run(NEXT, "i-1");
        assertThat(measured.sum("bw_in")).isEqualTo(140);
        assertThat(in(NEXT)).isEqualTo(40);
    }

    @Test
    void anInstanceThatWasStartedUnderOurEyesIsCountedFromItsStart() {
        shows(0, "h1", "i-0", 0, 0);
        launched("i-1", "h1", B.plusSeconds(600));
        shows(11, "h1", "i-1", 70, 7);
        shows(12, "h1", "i-1", 90, 9);
        run(HOUR, "i-1");
        assertThat(in(HOUR)).isEqualTo(90);
    }

    @Test
    void anInstanceThatRanBeforeItsHostWasMeasuredIsNot() {
        launched("i-1", "h1", B.minusSeconds(600));
        shows(0, "h1", "i-0", 0, 0);
        shows(11, "h1", "i-1", 70, 7);
        shows(12, "h1", "i-1", 90, 9);
        run(HOUR, "i-1");
        assertThat(in(HOUR)).isEqualTo(20);
    }

    @Test
    void anInterfaceThatIsPluggedInIsCountedFromItsStart_andTheSameAddressElsewhereIsAnother() {
        shows(0, "h1", "i-1", 500, 0);
        measured.traffic(B.plusSeconds(600), "h1", "i-1", "second", 30, 0);
        measured.traffic(B.plusSeconds(1_200), "h1", "i-1", "second", 80, 0);
        run(HOUR, "i-1");
        assertThat(in(HOUR)).isEqualTo(80);
        // its address goes to another instance in the next hour
        measured.traffic(E.plusSeconds(60), "h1", "i-2", "first", 5, 0);
        measured.traffic(E.plusSeconds(120), "h1", "i-2", "second", 9, 0);
        cloud.now = NEXT.end().plusSeconds(90);
        run(NEXT, "i-1");
        run(NEXT, "i-2");
        assertThat(in(NEXT)).isEqualTo(9);
    }

    @Test
    void pluggedOutAndInAgainItGoesOn() {
        shows(0, "h1", "i-1", 500, 0);
        shows(10, "h1", "i-1", 600, 0);
        shows(50, "h1", "i-1", 40, 0);
        run(HOUR, "i-1");
        assertThat(in(HOUR)).isEqualTo(140);
    }

    @Test
    void afterAPeriodWithoutMeasurementsItGoesOnFromWhatItShowedLast() {
        shows(0, "h1", "i-1", 100, 0);
        shows(50, "h1", "i-1", 200, 0);
        measured.traffic(NEXT.end().plusSeconds(60), "h1", "i-1", "m", 900, 0);
        run(HOUR, "i-1");
        cloud.now = NEXT.end().plusSeconds(90);
        assertThat(run(NEXT, "i-1")).isEqualTo(new AuditResult.Done(0, AuditSink.Taken.NONE));
        Period third = new Period(NEXT.end(), NEXT.end().plusSeconds(3600));
        cloud.now = third.end().plusSeconds(90);
        run(third, "i-1");
        assertThat(in(third)).isEqualTo(700);
    }

    @Test
    void whatHasNotComeIsWaitedFor_butNotForEver() {
        shows(0, "h1", "i-1", 100, 0);
        shows(30, "h1", "i-1", 200, 0);
        measured.behind.add(new Measurements.Behind("compute", "h1"));
        measured.behind.add(new Measurements.Behind("central", "images"));
        assertThat(run(HOUR, "i-1"))
                .isEqualTo(new AuditResult.Held("nothing of the end of the period is there of h1 (compute)"));
        int readings = measured.readings;
        assertThat(run(HOUR, "i-1")).isInstanceOf(AuditResult.Held.class);
        // who waits does not read everything again
        assertThat(measured.readings).isEqualTo(readings);
        cloud.now = E.plusSeconds(60).plus(OPTIONS.patience());
        assertThat(run(HOUR, "i-1")).isInstanceOf(AuditResult.Done.class);
        assertThat(in(HOUR)).isEqualTo(100);
        // it comes after all, with a start of the guest in it
        shows(40, "h1", "i-1", 250, 0);
        shows(55, "h1", "i-1", 30, 0);
        shows(70, "h1", "i-1", 45, 0);
        measured.behind.clear();
        cloud.now = NEXT.end().plusSeconds(90);
        run(NEXT, "i-1");
        assertThat(in(NEXT)).isEqualTo(50 + 30 + 15);
    }

    /** An outage of the bus over the whole period, and a process that has just begun: nobody is known whose samples they would be. */
    @Test
    void aPeriodOfWhichNothingAtAllHasComeIsWaitedForAsWell() {
        measured.behind.add(new Measurements.Behind("compute", "h1"));
        assertThat(run(HOUR, "i-1"))
                .isEqualTo(new AuditResult.Held("nothing of the end of the period is there of h1 (compute)"));
        cloud.now = E.plusSeconds(60).plus(OPTIONS.patience());
        assertThat(run(HOUR, "i-1")).isInstanceOf(AuditResult.Done.class);
    }

    @Test
    void notBeforeItsTime() {
        cloud.now = E.plusSeconds(60).minusNanos(1);
        assertThat(run(HOUR, "i-1")).isInstanceOf(AuditResult.Held.class);
        assertThat(measured.readings).isZero();
        cloud.now = E.plusSeconds(60);
        assertThat(run(HOUR, "i-1")).isInstanceOf(AuditResult.Done.class);
    }

    @Test
    void aRerunAndASecondAgentAddNothing() {
        shows(0, "h1", "i-1", 100, 0);
        shows(30, "h1", "i-1", 200, 0);
        run(HOUR, "i-1");
        byte[] told = cloud.ledger.values().iterator().next().message().body().unsafeArray();
        // what is known now would be more
        shows(45, "h1", "i-1", 900, 0);
        auditor = auditor();
        assertThat(run(HOUR, "i-1")).isEqualTo(new AuditResult.Taken());
        cloud.entries.clear();
        assertThat(run(HOUR, "i-1")).isEqualTo(new AuditResult.Done(1, new AuditSink.Taken(0, 1, 0, 0)));
        assertThat(in(HOUR)).isEqualTo(100);
        assertThat(cloud.ledger).hasSize(1);
        assertThat(cloud.ledger.values().iterator().next().message().body().unsafeArray())
                .isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void whereverItDies_whoGoesOnCountsTheRest(int after) {
        for (int i = 0; i < 60; i++) {
            shows(0, "h1", "i-" + i, 100, 0);
            shows(30, "h1", "i-" + i, 110, 0);
        }
        measured.breaksAfter = after;
        ALL.forEach(share -> auditor.run(HOUR, share));
        measured.breaksAfter = -1;
        cloud.breaksAfter = 20;
        auditor = auditor();
        ALL.forEach(share -> auditor.run(HOUR, share));
        cloud.breaksAfter = -1;
        auditor = auditor();
        ALL.forEach(share -> auditor.run(HOUR, share));
        assertThat(in(HOUR)).isEqualTo(600);
        assertThat(cloud.ledger).hasSize(60);
        assertThat(cloud.entries.values()).hasSize(HostShare.COUNT).allSatisfy(entry -> assertThat(entry.done)
                .isTrue());
    }

    @Test
    void ofAllSharesEverythingIsReadOnce_andPeriodsFollowOneAnother() throws AuditException {
        for (int i = 0; i < 40; i++) {
            shows(0, "h1", "i-" + i, 100, 0);
            shows(70, "h1", "i-" + i, 150, 0);
        }
        cloud.now = NEXT.end().plusSeconds(90);
        cloud.from = B;
        AuditRounds rounds = new AuditRounds(ROUNDS, cloud, cloud, auditor, AuditObserver.NONE);
        assertThat(rounds.run(ALL).done()).isEqualTo(2 * HostShare.COUNT);
        assertThat(measured.readings).isEqualTo(2);
        assertThat(in(NEXT)).isEqualTo(40 * 50);
    }

    /** What was used meanwhile is counted all the same, so no longer catch_up does. */
    @Test
    void whatNobodyCountedInTimeIsSaid_andWhereItIs() throws AuditException {
        shows(0, "h1", "i-1", 100, 0);
        cloud.from = B;
        AuditRounds rounds = new AuditRounds(ROUNDS, cloud, cloud, auditor, AuditObserver.NONE);
        assertThat(rounds.run(ALL).left()).isNull();
        cloud.now = E.plusSeconds(6 * 3_600 + 90);
        Instant first = E.plusSeconds(3 * 3_600);
        shows(60 * 4, "h1", "i-1", 900, 0);
        assertThat(rounds.run(ALL).left())
                .isEqualTo(E + " up to " + first
                        + " was not counted by itself, and will not be: what counters showed meanwhile is in"
                        + " the first period after it, as far as they went on");
        assertThat(in(new Period(first, first.plusSeconds(3_600)))).isEqualTo(800);
    }

    @Test
    void aPeriodThatAnotherCountsIsNotOvertaken() throws AuditException {
        shows(0, "h1", "i-1", 100, 0);
        shows(70, "h1", "i-1", 150, 0);
        cloud.now = NEXT.end().plusSeconds(90);
        cloud.from = B;
        int share = CounterFold.share("i-1");
        FakeCloud.Entry held = new FakeCloud.Entry();
        held.held = true;
        cloud.entries.put(auditor.key(HOUR, share), held);
        AuditRounds rounds = new AuditRounds(ROUNDS, cloud, cloud, auditor, AuditObserver.NONE);
        assertThat(rounds.run(List.of(share)).done()).isZero();
        assertThat(measured.sum("bw_in")).isZero();
    }

    /** Any order of readings, starts, migrations, periods, late measurements and deaths: what was counted is what was true. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theSumIsTheTruth(long seed) {
        Random random = new Random(seed);
        long truth = 0;
        long counter = 1_000;
        int host = 1;
        shows(0, "h1", "i-1", counter, 0);
        for (int minute = 1; minute < 600; minute++) {
            long grown = random.nextInt(100);
            counter += grown;
            truth += grown;
            if (random.nextInt(40) == 0) {
                // shown last before it ends, as what is lost with it is not to be known
                shows(minute, "h" + host, "i-1", counter, 0);
                minute++;
                host = random.nextBoolean() ? host : 3 - host;
                counter = 0;
            }
            if (random.nextInt(4) > 0) {
                shows(minute, "h" + host, "i-1", counter, 0);
            }
        }
        shows(600, "h" + host, "i-1", counter, 0);
        for (int hour = 0; hour < 11; hour++) {
            Period period = new Period(B.plusSeconds(3600L * hour), B.plusSeconds(3600L * hour + 3600));
            cloud.now = period.end().plusSeconds(90);
            measured.breaksAfter = random.nextInt(2) - 1;
            run(period, "i-1");
            measured.breaksAfter = -1;
            auditor = auditor();
            run(period, "i-1");
        }
        assertThat(measured.sum("bw_in")).isEqualTo(truth);
    }
}
