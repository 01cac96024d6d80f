// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.MeterType;
import io.nephometer.model.Period;
import io.nephometer.model.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an instance read and wrote of each volume in a period: what {@code _poll_volume_usage} of nova-compute is for. Told as
 * {@code volume.usage}. Which volume a disk is, its hypervisor says, and no list of attachments that may be older; a volume that several
 * instances have is counted of each of them.
 */
public final class PollVolumeUsage implements CountedTask {
    /** The name of Nova's task. */
    public static final String TASK = "poll_volume_usage";

    /** The type of its events. */
    public static final String TYPE = "volume.usage";

    private static final UUID NAMESPACE = UUID.fromString("0d4c2c0e-5a3a-5f0c-8f5b-3d2f6f1f6a57");
    private static final String PREFIX = "disk.device.";

    /** The ends of meters' names, and what Nova calls their counters; in that order wherever they are told. */
    private static final SortedMap<String, String> METERS = new TreeMap<>(Map.of(
            "read.requests", "reads",
            "read.bytes", "read_bytes",
            "write.requests", "writes",
            "write.bytes", "write_bytes"));

    @Override
    public String name() {
        return TASK;
    }

    @Override
    public String meters() {
        return PREFIX + "*";
    }

    @Override
    public @Nullable Shown shown(Sample sample) {
        String meter = sample.meter().name();
        String counter = meter.startsWith(PREFIX) ? METERS.get(meter.substring(PREFIX.length())) : null;
        Map<String, @Nullable Object> metadata = sample.metadata();
        return counter != null
                        && sample.meter().type() == MeterType.CUMULATIVE
                        && metadata.get("instance_id") instanceof String instance
                ? new Shown(instance, volume(metadata), counter, SampleFacts.host(sample))
                : null;
    }

    /** Empty for a disk of the host. */
    private static String volume(Map<String, @Nullable Object> metadata) {
        return metadata.get("volume_id") instanceof String volume ? volume : "";
    }

    @Override
    public Map<String, @Nullable Object> about(Sample sample) {
        return SampleFacts.of(sample);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public UUID namespace() {
        return NAMESPACE;
    }

    /** In Nova's fields all that was counted until now, and beside them what of it is of the period. */
    @Override
    public Map<String, @Nullable Object> payload(Period period, CountedUsage usage) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("volume_id", usage.subject().part());
        payload.put("tenant_id", usage.text("project_id"));
        payload.put("user_id", usage.text("user_id"));
        payload.put("availability_zone", usage.text("availability_zone"));
        payload.put("instance_id", usage.subject().instance());
        payload.put("last_refreshed", usage.measured());
        for (String name : List.of("reads", "read_bytes", "writes", "write_bytes")) {
            payload.put(name, usage.total(name));
        }
        payload.put("audit_period_beginning", NovaTime.period(period.begin()));
        payload.put("audit_period_ending", NovaTime.period(period.end()));
        payload.put("counted", counted(usage));
        return payload;
    }

    /** What makes samples; Nova's own event has no such thing, so that it makes none. */
    private static List<Map<String, Object>> counted(CountedUsage usage) {
        List<Map<String, Object>> counted = new ArrayList<>();
        METERS.forEach((meter, counter) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", meter);
            one.put("unit", meter.endsWith("bytes") ? "B" : "request");
            one.put("value", usage.counted(counter));
            counted.add(one);
        });
        return counted;
    }
}
