// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceFields;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.runtime.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hypervisors have and how much of it is used, of what the inventory and the agents say; nobody asks a hypervisor. */
class HostAuditorTest {
    private static final Instant E = Instant.parse("2026-11-22T01:00:00Z");
    private static final Period TICK = new Ticks(Duration.ofMinutes(5)).lastCompleted(E);
    private static final Instant B = TICK.begin();
    private static final int SHARE = HostShare.of("h1");

    private final FakeCloud cloud = new FakeCloud();
    private final FakeMeasurements measured = new FakeMeasurements();
    private final List<AssetVersion> hosts = new ArrayList<>();
    private @Nullable Instant listed = E;
    private final HostAuditor auditor = auditor(true);

    private HostAuditor auditor(boolean isListed) {
        HostOptions options = new HostOptions(Duration.ofMinutes(1), Duration.ofMinutes(4), isListed);
        return new HostAuditor(options, cloud, (at, share) -> found(share), measured, cloud, cloud);
    }

    private Hosts.Found found(int share) {
        return new Hosts.Found(
                new Inventory.Place("primary", Instant.EPOCH, listed),
                hosts.stream().filter(one -> HostShare.of(one.host()) == share).toList());
    }

    @BeforeEach
    void aMinuteLater() {
        cloud.watermark = E;
        cloud.now = E.plusSeconds(60);
    }

    private void host(String host, String node, long vcpus) {
        Map<String, @Nullable Object> fields = new HashMap<>(Map.of(
                "nodename", node, "vcpus", vcpus, "memory_mb", 64_000L, "local_gb", 500L, "host_ip", "10.0.0.1"));
        hosts.add(new AssetVersion(AssetKind.HOST, AssetVersion.hostId(host, node), B, B, host, null, null, fields));
    }

    private void instance(String id, @Nullable String host, Instant since, Map<String, ?> more) {
        Map<String, @Nullable Object> fields =
                new TreeMap<>(Map.of("vcpus", 2L, "memory_mb", 4_096L, "root_gb", 20L, "ephemeral_gb", 5L));
        fields.putAll(more);
        cloud.instances.add(new InstanceVersion(id, since, since, host, B.minusSeconds(900), null, fields));
    }

    private void shows(Instant at, long user, long kernel, long idle, long iowait) {
        Map<String, Object> facts = Map.of("host", "h1", "nodename", "n1");
        measured.sample(at, "host.cpu.frequency", 2_400, "h1_n1", facts);
        measured.sample(at, "host.cpu.user.time", user, "h1_n1", facts);
        measured.sample(at, "host.cpu.kernel.time", kernel, "h1_n1", facts);
        measured.sample(at, "host.cpu.idle.time", idle, "h1_n1", facts);
        measured.sample(at, "host.cpu.iowait.time", iowait, "h1_n1", facts);
    }

    private void ranOn(String instance, String host, Instant at) {
        measured.sample(at, "cpu", 5, instance, Map.of("instance_id", instance, "instance_host", host));
    }

    private AuditResult run() {
        return auditor.run(TICK, SHARE);
    }

    private Map<?, ?> only() throws Exception {
        assertThat(run()).isInstanceOf(AuditResult.Done.class);
        assertThat(cloud.ledger).hasSize(1);
        return payload(cloud.ledger.values().iterator().next());
    }

    private static Map<?, ?> payload(AuditEvent event) throws Exception {
        Map<?, ?> envelope = map(Json.parse(event.message().body().unsafeArray()));
        Map<?, ?> message = map(Json.parse(String.valueOf(envelope.get("oslo.message"))));
        assertThat(message.get("event_type")).isEqualTo("compute.metrics.update");
        return map(message.get("payload"));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of("no list");
    }

    private static Map<String, Object> values(Map<?, ?> payload, String name) {
        Map<String, Object> values = new TreeMap<>();
        for (Object one : list(payload.get(name))) {
            Map<?, ?> entry = map(one);
            values.put(String.valueOf(entry.get("name")), Objects.requireNonNull(entry.get("value")));
        }
        return values;
    }

    private static double share(Map<String, Object> metrics, String name) {
        return metrics.get(name) instanceof Double share ? share : Double.NaN;
    }

    @Test
    void capacityIsOfTheInventory_useOfTheInstancesThere_runningOrNot() throws Exception {
        host("h1", "n1", 16);
        instance("a", "h1", B.minusSeconds(60), Map.of("state", "active"));
        instance("b", "h1", B.minusSeconds(60), Map.of("state", "stopped"));
        instance("elsewhere", "h2", B.minusSeconds(60), Map.of());
        instance("shelved", null, B.minusSeconds(60), Map.of());
        cloud.instances.add(new InstanceVersion("gone", B, B, "h1", B.minusSeconds(60), E.minusSeconds(1), Map.of()));
        Map<?, ?> payload = only();
        assertThat(payload.get("host")).isEqualTo("h1");
        assertThat(payload.get("host_ip")).isEqualTo("10.0.0.1");
        assertThat(payload.get("nodename")).isEqualTo("n1");
        assertThat(list(payload.get("metrics"))).isEmpty();
        assertThat(values(payload, "resources"))
                .isEqualTo(Map.of(
                        "vcpus",
                        16L,
                        "vcpus.used",
                        4L,
                        "memory",
                        64_000L,
                        "memory.used",
                        8_192L,
                        "disk",
                        500L,
                        "disk.used",
                        50L,
                        "instances",
                        2L,
                        "strangers",
                        0L));
    }

    @Test
    void figuresOfProcessorsAreThoseThatAgentsMeasured_inNovasForm() throws Exception {
        host("h1", "n1", 16);
        shows(B.minusSeconds(60), 1_000, 500, 8_000, 100);
        shows(E.minusSeconds(60), 1_300, 600, 8_500, 200);
        Map<?, ?> payload = only();
        Map<String, Object> metrics = values(payload, "metrics");
        assertThat(metrics)
                .containsEntry("cpu.frequency", 2_400L)
                .containsEntry("cpu.user.time", 1_300L)
                .containsEntry("cpu.iowait.time", 200L)
                .hasSize(10);
        assertThat(share(metrics, "cpu.user.percent")).isCloseTo(0.3, within(1e-9));
        assertThat(share(metrics, "cpu.kernel.percent")).isCloseTo(0.1, within(1e-9));
        assertThat(share(metrics, "cpu.idle.percent")).isCloseTo(0.5, within(1e-9));
        assertThat(share(metrics, "cpu.percent")).isCloseTo(0.5, within(1e-9));
        Map<?, ?> first = map(list(payload.get("metrics")).getFirst());
        assertThat(first.get("timestamp")).isEqualTo("2026-11-22T00:59:00.000000");
    }

    @Test
    void aHostThatWasStartedInBetweenHasNoShares_norHasOneThatWasReadOnce() throws Exception {
        shows(B.minusSeconds(60), 1_000, 500, 8_000, 100);
        shows(E.minusSeconds(60), 30, 600, 8_500, 200);
        assertThat(values(only(), "metrics")).hasSize(5);
        cloud.ledger.clear();
        cloud.entries.clear();
        measured.samples.clear();
        shows(E.minusSeconds(60), 1_300, 600, 8_500, 200);
        auditor(true).run(TICK, SHARE);
        assertThat(values(payload(cloud.ledger.values().iterator().next()), "metrics"))
                .hasSize(5);
    }

    @Test
    void theOnlyHypervisorOfAHostIsMeant_whateverTheMachineCallsItself() throws Exception {
        host("h1", "n1.example.org", 16);
        shows(E.minusSeconds(60), 1_300, 600, 8_500, 200);
        Map<?, ?> payload = only();
        assertThat(payload.get("nodename")).isEqualTo("n1.example.org");
        assertThat(values(payload, "metrics")).hasSize(5);
    }

    @Test
    void whatWasMeasuredBeforeThePeriodIsNotOfIt() throws Exception {
        host("h1", "n1", 16);
        shows(B.minusSeconds(60), 1_000, 500, 8_000, 100);
        assertThat(list(only().get("metrics"))).isEmpty();
    }

    @Test
    void aHostThatTheInventoryDoesNotKnowIsToldWithoutCapacity() throws Exception {
        shows(E.minusSeconds(60), 1_300, 600, 8_500, 200);
        instance("a", "h1", B, Map.of());
        assertThat(values(only(), "resources")).doesNotContainKey("vcpus").containsEntry("vcpus.used", 2L);
    }

    @Test
    void instancesThatRunWhereTheyShouldNotAreStrangers() throws Exception {
        host("h1", "n1", 16);
        instance("here", "h1", B.minusSeconds(600), Map.of());
        instance("moved-away-long-ago", "h2", B.minusSeconds(600), Map.of());
        instance("moved-away-since", "h2", E.minusSeconds(10), Map.of());
        for (String id : List.of("here", "moved-away-long-ago", "moved-away-since", "unknown")) {
            ranOn(id, "h1", E.minusSeconds(60));
        }
        Map<?, ?> payload = only();
        assertThat(payload.get("running_elsewhere")).isEqualTo("moved-away-long-ago, unknown");
        assertThat(values(payload, "resources")).containsEntry("strangers", 2L);
        assertThat(cloud.entries.values()).allSatisfy(entry -> assertThat(entry.message)
                .isEqualTo("2 instances run where the inventory does not have them"));
    }

    @Test
    void movedDuringTheAudit_anInstanceIsOnOneHost() {
        host("h1", "n1", 16);
        host("h2", "n2", 16);
        instance("moved", "h2", E.minusSeconds(10), Map.of());
        for (int share = 0; share < HostShare.COUNT; share++) {
            auditor.run(TICK, share);
        }
        assertThat(cloud.ledger.values())
                .extracting(event -> ((HostEvent) event).use().count())
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void ofSeveralHypervisorsOfAHostEachHasItsOwn() throws Exception {
        host("h1", "n1", 16);
        host("h1", "n2", 8);
        instance("a", "h1", B, Map.of("node", "n2"));
        instance("b", "h1", B, Map.of());
        run();
        assertThat(cloud.ledger.values())
                .extracting(event ->
                        event.resource() + " " + ((HostEvent) event).use().count())
                .containsExactlyInAnyOrder("h1/n1 0", "h1/n2 1");
    }

    /** A machine under several hypervisors is none of them. */
    @Test
    void whatIsOnNoHypervisorThatIsKnownIsSaid_andAMachineIsNoHypervisorMore() {
        host("h1", "n1", 16);
        host("h1", "n2", 8);
        instance("a", "h1", B, Map.of("node", "n2"));
        instance("b", "h1", B, Map.of());
        instance("c", "h1", B, Map.of("node", "n3"));
        measured.sample(B, "host.cpu.idle.time", 5, "r", Map.of("host", "h1", "nodename", "h1.example.org"));
        run();
        assertThat(cloud.ledger.values()).extracting(AuditEvent::resource).containsExactlyInAnyOrder("h1/n1", "h1/n2");
        FakeCloud.Entry entry = Objects.requireNonNull(cloud.entries.get(auditor.key(TICK, SHARE)));
        assertThat(entry.unsure).isEqualTo(2);
        assertThat(entry.message)
                .isEqualTo("in no figure, since it is not known on which hypervisor of their host they are,"
                        + " are 2 instances: b, c");
    }

    /** As of a Nova that tells no flavors. */
    @Test
    void anInstanceWhoseSizeIsNotKnownIsNamed_andNotCountedAsOneWithout() throws Exception {
        host("h1", "n1", 16);
        instance("a", "h1", B, Map.of());
        cloud.instances.add(new InstanceVersion("b", B, B, "h1", B, null, Map.of("instance_flavor_id", "7")));
        ranOn("b", "h1", E.minusSeconds(60));
        Map<String, Object> resources = values(only(), "resources");
        assertThat(resources)
                .containsEntry("instances", 2L)
                .containsEntry("strangers", 0L)
                .containsEntry("vcpus.used", 2L)
                .containsEntry("memory.used", 4_096L)
                .containsEntry("disk.used", 25L);
        FakeCloud.Entry entry = Objects.requireNonNull(cloud.entries.get(auditor.key(TICK, SHARE)));
        assertThat(entry.unsure).isEqualTo(1);
        assertThat(entry.message)
                .isEqualTo("counted in instances alone, since their flavors are not known, are 1 instance: b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vcpus", "memory_mb", "root_gb", "ephemeral_gb"})
    void eachOfTheFourSizesIsNeeded(String size) {
        host("h1", "n1", 16);
        Map<String, Object> sizes =
                new TreeMap<>(Map.of("vcpus", 2L, "memory_mb", 4_096L, "root_gb", 20L, "ephemeral_gb", 5L));
        sizes.remove(size);
        cloud.instances.add(new InstanceVersion("a", B, B, "h1", B, null, new HashMap<>(sizes)));
        run();
        FakeCloud.Entry entry = Objects.requireNonNull(cloud.entries.get(auditor.key(TICK, SHARE)));
        assertThat(entry.unsure).isEqualTo(1);
        assertThat(((HostEvent) cloud.ledger.values().iterator().next()).use().memory())
                .isZero();
    }

    /** As Nova's own account of disks has it. */
    @Test
    void theRootDiskOfWhatWasStartedFromAVolumeIsNotOfTheHost() throws Exception {
        host("h1", "n1", 16);
        instance("of-an-image", "h1", B, Map.of("image_ref", "7a1b"));
        instance("of-a-volume", "h1", B, Map.of("image_ref", ""));
        assertThat(values(only(), "resources")).containsEntry("disk.used", 20L + 5 + 5);
    }

    /** Nova adds up whole GiB, of each instance for itself. */
    @Test
    void swapIsOfTheDisk_inWholeGiB_ifItIsOfTheFlavorThatTheInstanceHas() throws Exception {
        host("h1", "n1", 16);
        instance("of-2-GiB", "h1", B, swap(2_048, "m1"));
        instance("of-more-than-1-GiB", "h1", B, swap(2_047, "m1"));
        instance("of-less-than-1-GiB", "h1", B, swap(1_023, "m1"));
        instance("since-resized", "h1", B, swap(4_096, "m2"));
        assertThat(values(only(), "resources")).containsEntry("disk.used", 4 * 25L + 2 + 1);
    }

    private static Map<String, ?> swap(long swap, String flavor) {
        return Map.of("instance_type", "m1", InstanceFields.SWAP, swap, InstanceFields.SWAP_OF, flavor);
    }

    @Test
    void heldUntilTheListOfHypervisorsIsOfThen_unlessNobodyKeepsOne() {
        host("h1", "n1", 16);
        for (Instant mark : new @Nullable Instant[] {null, E.minusNanos(1)}) {
            listed = mark;
            assertThat(run()).isInstanceOfSatisfying(AuditResult.Held.class, held -> assertThat(held.why())
                    .contains("inventory of hypervisors"));
        }
        assertThat(cloud.entries).isEmpty();
        assertThat(auditor(false).run(TICK, SHARE)).isInstanceOf(AuditResult.Done.class);
    }

    @Test
    void anAgentThatIsLateIsWaitedForAWhile_andThenNamed() {
        host("h1", "n1", 16);
        shows(B, 1, 1, 1, 1);
        measured.behind.add(new Measurements.Behind("compute", "h2"));
        measured.behind.add(new Measurements.Behind("images", "c1"));
        cloud.now = E.plusSeconds(60 + 240).minusNanos(1);
        for (int i = 0; i < 3; i++) {
            assertThat(run())
                    .isEqualTo(new AuditResult.Held("nothing of the end of the period is there of h2 (compute)"));
        }
        assertThat(measured.readings)
                .as("samples are not read again to learn that")
                .isEqualTo(2);
        cloud.now = E.plusSeconds(60 + 240);
        assertThat(run()).isInstanceOf(AuditResult.Done.class);
        FakeCloud.Entry entry = Objects.requireNonNull(cloud.entries.get(auditor.key(TICK, SHARE)));
        assertThat(entry.message).isEqualTo("nothing of the end of the period is there of h2 (compute)");
    }

    @Test
    void heldUntilThePeriodIsKnown_andDoneOnce() {
        host("h1", "n1", 16);
        cloud.now = E.plusSeconds(59);
        assertThat(run()).isInstanceOf(AuditResult.Held.class);
        cloud.now = E.plusSeconds(60);
        cloud.watermark = E.minusNanos(1);
        assertThat(run()).isInstanceOf(AuditResult.Held.class);
        cloud.watermark = null;
        assertThat(run()).isInstanceOf(AuditResult.Held.class);
        assertThat(cloud.entries).isEmpty();
        cloud.watermark = E;
        assertThat(run()).isEqualTo(new AuditResult.Done(1, new AuditSink.Taken(1, 0, 0, 0)));
        assertThat(run()).isEqualTo(new AuditResult.Taken());
    }

    @Test
    void brokenOff_itGoesOn_andTellsNothingTwice() {
        host("h1", "n1", 16);
        cloud.breaksAfter = 0;
        assertThat(run()).isInstanceOf(AuditResult.Failed.class);
        cloud.breaksAfter = -1;
        assertThat(run()).isInstanceOf(AuditResult.Done.class);
        // somebody wants it done again
        cloud.entries.values().forEach(entry -> {
            entry.done = false;
            entry.position = "";
        });
        assertThat(run()).isEqualTo(new AuditResult.Done(1, new AuditSink.Taken(0, 1, 0, 0)));
        assertThat(cloud.ledger).hasSize(1);
    }
}
