// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.InventoryDesk;
import io.nephometer.store.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** A cloud of hosts with a hundred instances each in a ledger, and what agents measured of some of them since the last whole hour. */
final class AuditedInventory {
    private static final int PER_HOST = 100;
    private static final int CHUNK = 500;
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final List<String> COMPLETE =
            List.of("nova", "nova/host", "nova/flavor", "cinder/volume", "cinder/attachment");

    private final int instances;
    private final int measured;
    private final Instant now = WallClock.system().instant();
    private final Instant begin = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
    private final Instant longAgo = begin.minus(Duration.ofDays(3));

    AuditedInventory(int instances, int measured) {
        this.instances = instances;
        this.measured = Math.min(instances, measured);
    }

    /** Instances with the one before them ended, of each; hosts; measurements. All is known since the hour before the last whole one. */
    void fill(Ledger ledger) {
        InventoryDesk desk = ledger.inventoryDesk();
        for (int from = 0; from < instances; from += CHUNK) {
            int _ = desk.put(IntStream.range(from, Math.min(instances, from + CHUNK))
                    .mapToObj(this::instance)
                    .toList());
        }
        int _ = desk.putAssets(IntStream.rangeClosed(0, instances / PER_HOST)
                .mapToObj(this::host)
                .toList());
        complete(ledger);
        for (Instant start = begin; !start.plus(INTERVAL).isAfter(now); start = start.plus(INTERVAL)) {
            commit(ledger, new Slot("compute", INTERVAL, start));
        }
    }

    /** All is known up to now. */
    void complete(Ledger ledger) {
        Instant until = WallClock.system().instant();
        for (String source : COMPLETE) {
            if (!ledger.inventoryDesk().complete(source, begin, until)) {
                throw new IllegalStateException(source + " is not complete");
            }
        }
    }

    private static String id(int number) {
        return new UUID(0x5a17, number).toString();
    }

    private static String hostOf(int number) {
        return "compute-" + number / PER_HOST;
    }

    private InstanceVersion instance(int number) {
        return new InstanceVersion(
                id(number),
                longAgo,
                longAgo,
                hostOf(number),
                longAgo,
                null,
                Map.of(
                        "state",
                        "active",
                        "tenant_id",
                        "p",
                        "user_id",
                        "u",
                        "display_name",
                        "vm-" + number,
                        "vcpus",
                        1L,
                        "memory_mb",
                        2048L,
                        "root_gb",
                        20L,
                        "ephemeral_gb",
                        0L));
    }

    private AssetVersion host(int number) {
        String name = "compute-" + number;
        return new AssetVersion(
                AssetKind.HOST,
                AssetVersion.hostId(name, name),
                longAgo,
                now,
                name,
                null,
                null,
                Map.of("nodename", name, "vcpus", 128L, "memory_mb", 512_000L, "local_gb", 9_000L));
    }

    /** One message of each host that is measured. */
    private void commit(Ledger ledger, Slot slot) {
        List<Processed> messages = new ArrayList<>();
        for (int first = 0; first < measured; first += PER_HOST) {
            List<Sample> samples = new ArrayList<>();
            for (int number = first; number < Math.min(measured, first + PER_HOST); number++) {
                samples.addAll(samples(slot, number));
            }
            MessageId id = new MessageId(hostOf(first) + "/" + slot.start());
            RawMessage raw = RawMessage.ofBody(Bytes.utf8(id.text()));
            SlotPart part = new SlotPart(slot, hostOf(first), slot.start().plusSeconds(1), 1, 1, List.of());
            messages.add(new Processed.Measured(raw, id, BodyHash.of(raw.body().unsafeArray()), part, samples));
        }
        if (!(ledger.commit(new LedgerBatch("bench", messages)) instanceof CommitOutcome.Committed)) {
            throw new IllegalStateException("the measurements of " + slot + " were not committed");
        }
    }

    private static List<Sample> samples(Slot slot, int number) {
        long value = slot.start().getEpochSecond();
        String id = id(number);
        Map<String, Object> port =
                Map.of("instance_id", id, "instance_host", hostOf(number), "mac", "fa:16:3e:00:00:01", "name", "tap");
        Map<String, Object> disk =
                Map.of("instance_id", id, "instance_host", hostOf(number), "disk_name", "vdb", "volume_id", id);
        Map<String, Object> guest = Map.of("instance_id", id, "instance_host", hostOf(number));
        return List.of(
                sample(slot, "network.incoming.bytes", value, id + "-tap", port),
                sample(slot, "network.outgoing.bytes", value, id + "-tap", port),
                sample(slot, "disk.device.read.bytes", value, id + "-vdb", disk),
                sample(slot, "cpu", value, id, guest));
    }

    private static Sample sample(Slot slot, String meter, long value, String resource, Map<String, Object> facts) {
        return new Sample(
                new Sample.Origin.Slotted(slot),
                new Meter(meter, MeterType.CUMULATIVE, "B"),
                value,
                resource,
                "p",
                "u",
                slot.start(),
                facts);
    }
}
