// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.CleanupBook.Left;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is ours is removed after an instance, once it cannot be counted any more; what is Nova's is counted and told. */
class PendingDeleteAuditorTest {
    private static final Instant T = Instant.parse("2026-11-22T01:00:00Z");
    private static final Ticks TICKS = new Ticks(Duration.ofMinutes(5));
    private static final CleanupOptions OPTIONS =
            new CleanupOptions(3, Duration.ofDays(7), Duration.ofHours(2), Duration.ofHours(1));
    private static final Duration LONG = Duration.ofDays(7).plusHours(2);
    private static final int SHARE = HostShare.of("h1");

    private final FakeCloud cloud = new FakeCloud();
    private final FakeMeasurements measured = new FakeMeasurements();
    private final FakeCleanups cleanups = new FakeCleanups();
    private PendingDeleteAuditor auditor = auditor(OPTIONS);

    private PendingDeleteAuditor auditor(CleanupOptions options) {
        return new PendingDeleteAuditor(options, cloud, cleanups, measured, cleanups, cloud, cloud);
    }

    @BeforeEach
    void everythingIsKnown() {
        cloud.watermark = Instant.MAX;
    }

    private static Period tick(int number) {
        return TICKS.lastCompleted(T.plus(Duration.ofMinutes(5L * number)));
    }

    private AuditResult run(int tick) {
        return auditor.run(tick(tick), SHARE);
    }

    private static Left left(String instance, String part) {
        return new Left("poll_bandwidth_usage", new CountedSubject(instance, part));
    }

    private void softDeleted(String instance, Instant since) {
        cloud.instances.removeIf(one -> one.id().equals(instance));
        cloud.instances.add(instance(instance, since, "soft-delete", null));
    }

    private static InstanceVersion instance(String id, Instant since, String state, @Nullable Instant ended) {
        return new InstanceVersion(id, since, since, "h1", T.minus(Duration.ofDays(30)), ended, Map.of("state", state));
    }

    private void ranOn(String instance, String host, Instant at) {
        measured.sample(at, "cpu", 5, instance, Map.of("instance_id", instance, "instance_host", host));
    }

    @Test
    void whatIsCountedOfAnInstanceStaysWhileItMayStillBeCounted() {
        cleanups.left.add(left("gone", "m1"));
        cleanups.left.add(left("lives", "m2"));
        cleanups.ended("gone", "h1", T.minus(LONG));
        assertThat(run(0)).isInstanceOf(AuditResult.Done.class);
        assertThat(cleanups.left).hasSize(2);
        run(1);
        assertThat(cleanups.left).containsExactly(left("lives", "m2"));
        assertThat(cloud.ledger).isEmpty();
        assertThat(message(1)).isEqualTo("of 1 nothing is left; 0 are not removed yet");
        // settled: looked at no more
        run(2);
        assertThat(message(2)).isEmpty();
    }

    private String message(int tick) {
        return Objects.requireNonNull(cloud.entries.get(auditor.key(tick(tick), SHARE))).message;
    }

    @Test
    void nothingIsRemovedOfWhatLivesOnThePrimary() {
        cleanups.ended("gone", "h1", T.minus(LONG));
        cleanups.left.add(left("gone", "m1"));
        cleanups.alive.add("gone");
        run(1);
        assertThat(cleanups.left).hasSize(1);
        assertThat(cleanups.settled).isEmpty();
    }

    @Test
    void whatStillRunsIsTriedAsOftenAsItMay_thenGivenUpAndTold_once() {
        cleanups.ended("gone", "h1", T.minus(LONG).minusSeconds(1));
        cleanups.left.add(left("gone", "m1"));
        for (int tick = 0; tick < 6; tick++) {
            ranOn("gone", "h2", tick(tick).begin().plusSeconds(60));
            run(tick);
            assertThat(cloud.ledger).hasSize(tick < 2 ? 0 : 1);
        }
        assertThat(cleanups.left).hasSize(1);
        GivenUpEvent event = (GivenUpEvent) cloud.ledger.values().iterator().next();
        assertThat(event.entry().attempts()).isEqualTo(3);
        assertThat(event.givenUp()).isEqualTo(tick(2).end());
        assertThat(event.entry().detail()).contains("ran on h2 at");
        assertThat(new String(event.message().body().unsafeArray(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("pending_delete.given_up");
    }

    @Test
    void nothingIsRemovedOnAHostWhoseAgentIsLate() {
        cleanups.ended("on-one", "h1", T.minus(LONG).minusSeconds(1));
        measured.behind.add(new Measurements.Behind("compute", "h1"));
        run(0);
        assertThat(cleanups.settled).isEmpty();
        measured.behind.clear();
        run(1);
        assertThat(cleanups.settled).hasSize(1);
    }

    @Test
    void whatHasNotRunForTwentyMinutesIsRemoved() {
        auditor = auditor(new CleanupOptions(10, Duration.ofDays(7), Duration.ofHours(2), null));
        cleanups.ended("gone", "h1", T.minus(LONG).minusSeconds(1));
        ranOn("gone", "h1", tick(0).begin());
        for (int tick = 0; tick <= 4; tick++) {
            run(tick);
            assertThat(cleanups.settled)
                    .as("an agent may poll each ten minutes")
                    .isEmpty();
        }
        run(5);
        assertThat(cleanups.settled).hasSize(1);
    }

    @Test
    void whatWasSeenBeforeItEndedIsNoObstacle() {
        auditor = auditor(new CleanupOptions(3, Duration.ZERO, Duration.ZERO, null));
        Instant ended = tick(0).begin().plusSeconds(120);
        ranOn("gone", "h1", ended.minusSeconds(60));
        cleanups.ended("gone", "h1", ended);
        run(0);
        assertThat(cleanups.settled).hasSize(1);
    }

    @Test
    void aSecondAgentAndARerunAddNothing() {
        cleanups.ended("gone", "h1", T.minus(LONG).minusSeconds(1));
        ranOn("gone", "h1", tick(0).begin());
        run(0);
        assertThat(run(0)).isEqualTo(new AuditResult.Taken());
        Objects.requireNonNull(cloud.entries.get(auditor.key(tick(0), SHARE))).done = false;
        assertThat(run(0)).isInstanceOf(AuditResult.Done.class);
        assertThat(cleanups.entries.values())
                .extracting(CleanupBook.Entry::attempts)
                .containsExactly(1);
    }

    @Test
    void whoDiedBeforeItWasToldIsFollowedBySomebodyWhoTellsIt() {
        auditor = auditor(new CleanupOptions(1, Duration.ofDays(7), Duration.ofHours(2), null));
        cleanups.ended("gone", "h1", T.minus(LONG).minusSeconds(1));
        ranOn("gone", "h1", tick(0).begin());
        cloud.breaksAfter = 0;
        assertThat(run(0)).isEqualTo(new AuditResult.Failed("the ledger is away"));
        cloud.breaksAfter = -1;
        run(3);
        assertThat(cloud.ledger).hasSize(1);
        run(4);
        assertThat(cloud.ledger).hasSize(1);
    }

    @Test
    void deletedAndNotRemovedByNova_isCountedFromTheTimeInWhichItShouldHaveBeen() {
        softDeleted("i", T.minus(Duration.ofHours(1)).plusSeconds(1));
        run(0);
        assertThat(cleanups.entries).isEmpty();
        for (int tick = 1; tick < 5; tick++) {
            run(tick);
        }
        assertThat(cleanups.entries.values())
                .extracting(CleanupBook.Entry::attempts)
                .containsExactly(3);
        assertThat(cloud.ledger).hasSize(1);
    }

    @Test
    void broughtBack_andDeletedAgain_itBeginsAnew() {
        softDeleted("i", T.minus(Duration.ofDays(1)));
        run(0);
        cloud.instances.replaceAll(one -> instance("i", T, "active", null));
        run(1);
        assertThat(cleanups.entries).isEmpty();
        softDeleted("i", T.minus(Duration.ofHours(3)));
        run(2);
        assertThat(cleanups.entries.values())
                .extracting(CleanupBook.Entry::attempts)
                .containsExactly(1);
    }

    @Test
    void whileTheInventoryIsBehindNothingIsDecided() {
        softDeleted("i", T.minus(Duration.ofDays(1)));
        run(0);
        cloud.watermark = tick(1).end().minusSeconds(1);
        for (int tick = 1; tick < 6; tick++) {
            assertThat(run(tick)).isInstanceOf(AuditResult.Held.class);
        }
        assertThat(cleanups.entries.values())
                .extracting(CleanupBook.Entry::attempts)
                .as("Nova may have removed it, and nobody knows yet")
                .containsExactly(1);
        assertThat(cloud.ledger).isEmpty();
        cloud.instances.clear();
        cloud.watermark = tick(1).end();
        run(1);
        assertThat(cleanups.entries).isEmpty();
    }

    @Test
    void withoutATimeSoftDeletedOnesAreNotLookedAt() {
        auditor = auditor(new CleanupOptions(3, Duration.ofDays(7), Duration.ofHours(2), null));
        softDeleted("i", T.minus(Duration.ofDays(1)));
        run(0);
        assertThat(cleanups.entries).isEmpty();
    }

    @Test
    void heldWhileNobodyHasReadTheCloud() {
        cloud.watermark = null;
        assertThat(run(0)).isInstanceOf(AuditResult.Held.class);
        assertThat(cloud.entries).isEmpty();
    }
}
