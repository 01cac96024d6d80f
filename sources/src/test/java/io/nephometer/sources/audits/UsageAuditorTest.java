// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.runtime.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageAuditorTest {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant E = Instant.parse("2026-11-22T02:00:00Z");
    private static final Period HOUR = new Period(B, E);
    private static final AuditOptions OPTIONS = new AuditOptions(
            AuditPeriod.parse("hour"), Duration.ofMinutes(1), Duration.ofDays(2), Duration.ofMinutes(30));
    private static final List<Integer> ALL =
            IntStream.range(0, HostShare.COUNT).boxed().toList();

    private final FakeCloud cloud = new FakeCloud();
    private final UsageAuditor auditor = new UsageAuditor(OPTIONS, cloud, cloud, cloud);
    private final AuditRounds rounds = new AuditRounds(OPTIONS, cloud, cloud, auditor, AuditObserver.NONE);

    @BeforeEach
    void everythingIsKnownALittleAfterTheHour() {
        cloud.watermark = E.plusSeconds(60);
        cloud.now = E.plusSeconds(70);
    }

    private void instances(int count, @Nullable String host) {
        for (int i = 0; i < count; i++) {
            cloud.instances.add(instance("i-%04d".formatted(i), host));
        }
    }

    private static InstanceVersion instance(String id, @Nullable String host) {
        return new InstanceVersion(id, B, B, host, B.minusSeconds(60), null, Map.of("state", "active"));
    }

    private AuditResult run() {
        return auditor.run(HOUR, HostShare.of("h1"));
    }

    @Test
    void heldUntilEverythingThatHappenedInThePeriodIsKnown() {
        instances(1, "h1");
        cloud.watermark = E.plusSeconds(60).minusNanos(1);
        assertThat(run()).isInstanceOf(AuditResult.Held.class);
        assertThat(cloud.entries).isEmpty();
        cloud.watermark = E.plusSeconds(60);
        assertThat(run()).isEqualTo(new AuditResult.Done(1, new AuditSink.Taken(1, 0, 0, 0)));
    }

    @Test
    void heldWhileNobodyHasReadTheCloud_andNotDoneOfWhatIsNotKnown() {
        cloud.from = null;
        assertThat(run()).isInstanceOf(AuditResult.Held.class);
        cloud.from = B.plusNanos(1);
        assertThat(run()).isInstanceOf(AuditResult.NotKnown.class);
        cloud.from = B;
        assertThat(run()).isInstanceOf(AuditResult.Done.class);
    }

    @Test
    void doneOnce() {
        instances(3, "h1");
        assertThat(run()).isInstanceOf(AuditResult.Done.class);
        assertThat(run()).isEqualTo(new AuditResult.Taken());
        assertThat(cloud.ledger).hasSize(3);
    }

    @Test
    void whatIsNotCertainIsCounted_andNamed() {
        instances(3, "h1");
        cloud.unsure = IntStream.range(0, 23).mapToObj("u-%02d"::formatted).toList();
        assertThat(run()).isInstanceOf(AuditResult.Done.class);
        FakeCloud.Entry entry = Objects.requireNonNull(cloud.entries.get(auditor.key(HOUR, HostShare.of("h1"))));
        assertThat(entry.unsure).isEqualTo(23);
        assertThat(entry.message)
                .startsWith("how they were at the end of the period is not certain of 23 instances: u-00, u-01,")
                .endsWith(", u-19 and 3 more");
    }

    @Test
    void brokenOff_goesOnWhereItWas_andTellsNothingTwice() {
        instances(250, "h1");
        cloud.breaksAfter = 130;
        assertThat(run()).isEqualTo(new AuditResult.Failed("the ledger is away"));
        FakeCloud.Entry entry = Objects.requireNonNull(cloud.entries.get(auditor.key(HOUR, HostShare.of("h1"))));
        assertThat(entry.position).isEqualTo("i-0099");
        cloud.breaksAfter = -1;
        // those between the last chunk that was noted and the crash are known to the ledger
        assertThat(run()).isEqualTo(new AuditResult.Done(150, new AuditSink.Taken(120, 30, 0, 0)));
        assertThat(cloud.ledger).hasSize(250);
        assertThat(entry.items).isEqualTo(250);
    }

    /** Of those before the crash as well, whose errors the second owner has not seen; and none of them counts as told. */
    @Test
    void whatTheLedgerDidNotTakeIsSaid_afterACrashToo() {
        instances(250, "h1");
        cloud.refuses = "i-00[0-2]7|i-0240";
        cloud.breaksAfter = 130;
        assertThat(run()).isInstanceOf(AuditResult.Failed.class);
        cloud.breaksAfter = -1;
        assertThat(run()).isEqualTo(new AuditResult.Done(149, new AuditSink.Taken(116, 33, 0, 1)));
        FakeCloud.Entry entry = Objects.requireNonNull(cloud.entries.get(auditor.key(HOUR, HostShare.of("h1"))));
        assertThat(entry.message).isEqualTo("the ledger did not take the events of 4; see: recovery list");
        assertThat(entry.errors).isEqualTo(4);
        assertThat(entry.items).isEqualTo(246);
        assertThat(cloud.ledger).hasSize(246);
    }

    @Test
    void whoeverLostItMeanwhileLeavesItAlone() {
        instances(250, "h1");
        FakeCloud.Entry entry = new FakeCloud.Entry();
        cloud.entries.put(auditor.key(HOUR, HostShare.of("h1")), entry);
        cloud.meanwhile = () -> entry.attempt++;
        assertThat(run()).isEqualTo(new AuditResult.Lost());
        assertThat(entry.done).isFalse();
        assertThat(cloud.ledger).hasSize(100);
    }

    @Test
    void everyInstanceIsInOneShare_thoseOnNoHostToo() {
        for (int i = 0; i < 40; i++) {
            cloud.instances.add(instance("on-" + i, "h" + i));
        }
        cloud.instances.add(instance("shelved", null));
        ALL.forEach(share -> auditor.run(HOUR, share));
        assertThat(cloud.exists())
                .extracting(event -> event.instance().id())
                .hasSize(41)
                .contains("shelved");
        assertThat(cloud.entries).hasSize(HostShare.COUNT);
    }

    @Test
    void anAuditThatRunsAcrossABoundaryTellsThePeriodItIsOf() {
        instances(150, "h1");
        cloud.meanwhile = () -> cloud.now = E.plusSeconds(4_000);
        run();
        assertThat(cloud.exists()).extracting(ExistsEvent::period).containsOnly(HOUR);
        assertThat(cloud.ledger).hasSize(150);
    }

    @Test
    void missedPeriodsAreCaughtUp_latestFirst() throws AuditException {
        instances(1, "h1");
        cloud.instances.replaceAll(
                one -> new InstanceVersion(one.id(), B, B, "h1", E.minusSeconds(10_000), null, Map.of()));
        cloud.from = E.minus(Duration.ofHours(5));
        int all = HostShare.COUNT;
        assertThat(rounds.run(ALL))
                .isEqualTo(new AuditRounds.Report(
                        4 * all,
                        4 * all,
                        true,
                        new Period(E.minusSeconds(18_000), E.minusSeconds(14_400)),
                        null,
                        null));
        assertThat(rounds.run(ALL)).isEqualTo(new AuditRounds.Report(all, all, false, null, null, null));
        assertThat(cloud.exists())
                .extracting(event -> event.period().end())
                .containsExactly(E, E.minusSeconds(3_600), E.minusSeconds(7_200));
        assertThat(rounds.run(ALL).due()).isZero();
    }

    @Test
    void whatIsNotKnownYetDoesNotHoldUpWhatWasMissedBefore() throws AuditException {
        instances(1, "h1");
        cloud.from = E.minus(Duration.ofHours(3));
        cloud.watermark = E.minusSeconds(1);
        AuditRounds.Report report = rounds.run(ALL);
        assertThat(report.done()).isEqualTo(2 * HostShare.COUNT);
        assertThat(report.why()).contains("complete up to");
        assertThat(cloud.entries.keySet())
                .extracting(key -> key.period().end())
                .doesNotContain(E)
                .contains(B, B.minusSeconds(3_600));
    }

    @Test
    void aPeriodThatEndsWhileOlderOnesAreCaughtUpIsNext() throws AuditException {
        instances(1, "h1");
        cloud.from = E.minus(Duration.ofHours(20));
        assertThat(rounds.run(ALL).more()).isTrue();
        cloud.now = E.plusSeconds(3_700);
        cloud.watermark = E.plusSeconds(3_660);
        rounds.run(ALL);
        assertThat(cloud.entries).containsKey(auditor.key(new Period(E, E.plusSeconds(3_600)), 0));
    }

    @Test
    void overdueIsTold_withTheReason() throws AuditException {
        cloud.from = B;
        cloud.watermark = E;
        assertThat(rounds.run(ALL).overdue()).isNull();
        cloud.now = E.plus(Duration.ofMinutes(31));
        AuditRounds.Report report = rounds.run(ALL);
        assertThat(report.overdue()).isEqualTo(HOUR);
        assertThat(report.why()).contains("complete up to " + E);
        cloud.watermark = E.plusSeconds(60);
        assertThat(rounds.run(List.of(0, 1)).overdue()).isEqualTo(HOUR);
        assertThat(rounds.run(ALL).overdue()).isNull();
    }

    @Test
    void whatWasBegunAndIsTooOldByNowIsSaid_andNotDone() throws AuditException {
        instances(1, "h1");
        cloud.breaksAfter = 0;
        assertThat(run()).isInstanceOf(AuditResult.Failed.class);
        cloud.breaksAfter = -1;
        cloud.watermark = E.plus(Duration.ofDays(3));
        cloud.now = E.plus(Duration.ofDays(2));
        assertThat(rounds.run(List.of()).left()).isNull();
        cloud.now = E.plus(Duration.ofDays(2)).plusSeconds(1);
        String scope = auditor.key(HOUR, HostShare.of("h1")).scope();
        assertThat(rounds.run(ALL).left())
                .isEqualTo(HOUR + " (" + scope
                        + ") was begun and is not done any more: the earliest period that is audited is "
                        + new Period(E, E.plusSeconds(3600)) + "; a longer catch_up has it done");
        assertThat(rounds.outOfReach(auditor.key(HOUR, 3)).map(OutOfReach::bound))
                .contains(OutOfReach.Bound.CATCH_UP);
        assertThat(rounds.outOfReach(auditor.key(new Period(E, E.plusSeconds(3600)), 3)))
                .isEmpty();
        AuditKey otherwise = new AuditKey(UsageAuditor.TASK, "rows/3", new Period(E, E.plusSeconds(3600)));
        assertThat(rounds.outOfReach(otherwise))
                .contains(new OutOfReach(OutOfReach.Bound.SCOPE, "shares are called as hosts/0 is"));
    }

    /** Nobody was there for longer than is caught up. */
    @Test
    void whatNobodyBeganInTimeIsSaid_byWhoComesFirst() throws AuditException {
        instances(1, "h1");
        assertThat(run()).isInstanceOf(AuditResult.Done.class);
        cloud.watermark = E.plus(Duration.ofDays(3));
        cloud.now = E.plus(Duration.ofDays(2)).plusSeconds(2 * 3_600 + 60);
        String told = E + " up to " + E.plusSeconds(2 * 3_600)
                + " was not audited in time, and will not be: the earliest period that is audited is "
                + new Period(E.plusSeconds(2 * 3_600), E.plusSeconds(3 * 3_600)) + "; a longer catch_up has it done";
        assertThat(rounds.run(ALL).left()).isEqualTo(told);
        assertThat(rounds.run(ALL).left()).as("as long as it lives").isEqualTo(told);
        AuditRounds later = new AuditRounds(OPTIONS, cloud, cloud, auditor, AuditObserver.NONE);
        assertThat(later.run(ALL).left()).isNull();
    }

    /** The process lives, and the inventory stands still for longer than is caught up. */
    @Test
    void whatBecomesTooOldWhileNobodyCanBeginItIsSaid() throws AuditException {
        instances(1, "h1");
        cloud.from = B;
        cloud.watermark = E.plusSeconds(60);
        cloud.now = E.plusSeconds(90);
        assertThat(rounds.run(ALL).done()).isEqualTo(HostShare.COUNT);
        assertThat(rounds.run(ALL).left()).isNull();
        for (int hour = 1; hour <= 50; hour++) {
            cloud.now = E.plusSeconds(hour * 3_600 + 90);
            assertThat(rounds.run(ALL).done()).isZero();
        }
        cloud.watermark = cloud.now;
        while (rounds.run(ALL).more()) {
            assertThat(cloud.entries).isNotEmpty();
        }
        cloud.now = cloud.now.plusSeconds(3_600);
        cloud.watermark = cloud.now;
        AuditRounds.Report report = rounds.run(ALL);
        assertThat(report.overdue()).isNull();
        assertThat(report.left())
                .startsWith(E + " up to " + E.plusSeconds(2 * 3_600) + " was not audited in time, and will not be: ")
                .endsWith("; a longer catch_up has it done")
                .doesNotContain("; " + E);
    }

    @Test
    void withoutAnInventoryThatIsSaid() throws AuditException {
        cloud.from = null;
        cloud.watermark = null;
        assertThat(rounds.run(ALL).why()).contains("nobody has read the whole cloud");
    }

    @Test
    void eventIsOfInstanceAndPeriodAlone() {
        ExistsEvent event = ExistsEvent.of(instance("i-1", "h1"), HOUR);
        assertThat(ExistsEvent.of(instance("i-1", "h2"), HOUR).id()).isEqualTo(event.id());
        assertThat(ExistsEvent.of(instance("i-2", "h1"), HOUR).id()).isNotEqualTo(event.id());
        assertThat(ExistsEvent.of(instance("i-1", "h1"), new Period(B, E.plusSeconds(1)))
                        .id())
                .isNotEqualTo(event.id());
        assertThat(event.message())
                .isEqualTo(ExistsEvent.of(instance("i-1", "h1"), HOUR).message());
        // never changes, or what is in ledgers would be told again
        assertThat(event.id().text()).isEqualTo("45bcd1b9-5bd5-5a29-ba5e-c99c013df713");
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    @Test
    void payloadHasTheFieldsOfNovas() throws Exception {
        byte[] body =
                ExistsEvent.of(instance("i-1", "h1"), HOUR).message().body().unsafeArray();
        Map<?, ?> envelope = map(Json.parse(body));
        Map<?, ?> message = map(Json.parse(String.valueOf(envelope.get("oslo.message"))));
        Map<?, ?> payload = map(message.get("payload"));
        assertThat(message.get("timestamp")).isEqualTo("2026-11-22 02:00:00.000000");
        assertThat(payload.get("audit_period_beginning")).isEqualTo("2026-11-22 01:00:00");
        assertThat(payload.get("launched_at")).isEqualTo("2026-11-22T00:59:00.000000");
        Set<?> fields = payload.keySet();
        assertThat(fields.stream().map(Object::toString).toList())
                .containsExactly(
                        "tenant_id",
                        "user_id",
                        "instance_id",
                        "display_name",
                        "reservation_id",
                        "hostname",
                        "instance_type",
                        "instance_type_id",
                        "instance_flavor_id",
                        "architecture",
                        "memory_mb",
                        "disk_gb",
                        "vcpus",
                        "root_gb",
                        "ephemeral_gb",
                        "host",
                        "node",
                        "availability_zone",
                        "cell_name",
                        "created_at",
                        "terminated_at",
                        "deleted_at",
                        "launched_at",
                        "image_ref_url",
                        "os_type",
                        "kernel_id",
                        "ramdisk_id",
                        "state",
                        "state_description",
                        "progress",
                        "access_ip_v4",
                        "access_ip_v6",
                        "image_meta",
                        "metadata",
                        "audit_period_beginning",
                        "audit_period_ending");
    }

    @Test
    void scopesAreThoseOfShares() {
        assertThat(auditor.key(HOUR, 7)).isEqualTo(new AuditKey("instance_usage_audit", "hosts/7", HOUR));
        // never changes either, or what was audited would be audited again
        assertThat(List.of(HostShare.of("compute-1"), HostShare.of("compute-2"), HostShare.of(null)))
                .isEqualTo(List.of(6, 12, 0));
    }
}
