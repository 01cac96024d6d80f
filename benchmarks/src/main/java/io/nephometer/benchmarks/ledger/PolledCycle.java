// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.ledger;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What the agents of some hosts measure in slot after slot: 25 meters of each instance, ten of the instance, seven of its disk
 * and eight of its interface, which are resources of their own. Counters grow by amounts as they occur. The same every time.
 */
final class PolledCycle {
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static final List<Meter> OF_INSTANCE = List.of(
            new Meter("cpu", MeterType.CUMULATIVE, "ns"),
            new Meter("vcpus", MeterType.GAUGE, "vcpu"),
            new Meter("memory", MeterType.GAUGE, "MiB"),
            new Meter("memory.usage", MeterType.GAUGE, "MiB"),
            new Meter("memory.resident", MeterType.GAUGE, "MiB"),
            new Meter("memory.swap.in", MeterType.CUMULATIVE, "MiB"),
            new Meter("memory.swap.out", MeterType.CUMULATIVE, "MiB"),
            new Meter("disk.root.size", MeterType.GAUGE, "GiB"),
            new Meter("disk.ephemeral.size", MeterType.GAUGE, "GiB"),
            new Meter("power.state", MeterType.GAUGE, "state"));
    private static final List<Meter> OF_DISK = meters(
            "disk.device.",
            "read.requests",
            "write.requests",
            "read.bytes",
            "write.bytes",
            "capacity",
            "allocation",
            "usage");
    private static final List<Meter> OF_INTERFACE = meters(
            "network.",
            "incoming.bytes",
            "outgoing.bytes",
            "incoming.packets",
            "outgoing.packets",
            "incoming.packets.drop",
            "outgoing.packets.drop",
            "incoming.packets.error",
            "outgoing.packets.error");

    private final int instances;
    private final Random random = new Random(7);
    private final List<Counters> counters = new ArrayList<>();

    /** @param instances how many instances each of the hosts has */
    PolledCycle(int hosts, int instances) {
        this.instances = instances;
        for (int n = 0; n < hosts * instances; n++) {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            String project = "project-" + n % 50;
            counters.add(new Counters(id, project, n, OF_INSTANCE));
            counters.add(new Counters(id + "-vda", project, n, OF_DISK));
            counters.add(new Counters("instance-" + n + "-" + id + "-tap" + n, project, n, OF_INTERFACE));
        }
    }

    private static List<Meter> meters(String prefix, String... names) {
        List<Meter> meters = new ArrayList<>();
        for (String name : names) {
            boolean size = name.equals("capacity") || name.equals("allocation") || name.equals("usage");
            meters.add(new Meter(
                    prefix + name,
                    size ? MeterType.GAUGE : MeterType.CUMULATIVE,
                    name.contains("packets") ? "packet" : name.contains("requests") ? "request" : "B"));
        }
        return meters;
    }

    /** One resource with the counters that it has reached. */
    @SuppressWarnings("ArrayRecordComponent") // counts on; never compared
    private record Counters(String resource, String project, int instance, List<Meter> meters, long[] reached) {
        Counters(String resource, String project, int instance, List<Meter> meters) {
            this(resource, project, instance, meters, new long[meters.size()]);
        }
    }

    /** The slot with this number as the messages of all hosts, one for each. */
    List<Processed> slot(int number) {
        Slot slot = new Slot("all_pollsters", INTERVAL, START.plus(INTERVAL.multipliedBy(number)));
        List<Processed> messages = new ArrayList<>();
        int perHost = 3 * instances;
        for (int host = 0; host < counters.size() / perHost; host++) {
            List<Sample> samples = new ArrayList<>();
            for (Counters one : counters.subList(host * perHost, (host + 1) * perHost)) {
                measure(slot, one, samples);
            }
            SlotPart part = new SlotPart(slot, "compute-" + host, slot.start().plusSeconds(12), 1, 1, List.of());
            RawMessage raw = RawMessage.ofBody(Bytes.utf8(part.toString()));
            MessageId id = new MessageId(new UUID(random.nextLong(), random.nextLong()).toString());
            messages.add(new Processed.Measured(raw, id, BodyHash.of(raw.body().unsafeArray()), part, samples));
        }
        return messages;
    }

    private void measure(Slot slot, Counters of, List<Sample> samples) {
        Map<String, Object> metadata =
                Map.of("display_name", "vm-" + of.instance(), "status", "active", "flavor", Map.of("name", "m1.small"));
        for (int n = 0; n < of.meters().size(); n++) {
            Meter meter = of.meters().get(n);
            of.reached()[n] = next(meter, of.reached()[n]);
            samples.add(new Sample(
                    new Sample.Origin.Slotted(slot),
                    meter,
                    of.reached()[n],
                    of.resource(),
                    of.project(),
                    "user-" + of.instance() % 50,
                    slot.start(),
                    metadata));
        }
    }

    private long next(Meter meter, long before) {
        return switch (meter.unit()) {
            case "ns" -> before + random.nextLong(300_000_000_000L);
            case "B" -> meter.type() == MeterType.GAUGE ? 21_474_836_480L : before + random.nextLong(200_000_000);
            case "packet", "request" -> before + (meter.name().endsWith("s") ? random.nextLong(50_000) : 0);
            case "MiB" -> meter.type() == MeterType.GAUGE ? 512 + random.nextLong(512) : before;
            default -> 1;
        };
    }
}
