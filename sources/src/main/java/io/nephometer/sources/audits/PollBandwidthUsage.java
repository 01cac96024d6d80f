// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.MeterType;
import io.nephometer.model.Period;
import io.nephometer.model.Sample;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of each interface of an instance in a period: what {@code _poll_bandwidth_usage} of nova-compute was for. Told as
 * {@code bandwidth.usage}; an interface is known by instance and MAC address together, since addresses are used again.
 */
public final class PollBandwidthUsage implements CountedTask {
    /** The name of Nova's task. */
    public static final String TASK = "poll_bandwidth_usage";

    /** The type of its events. */
    public static final String TYPE = "bandwidth.usage";

    private static final UUID NAMESPACE = UUID.fromString("0d4c2c0e-5a3a-5f0c-8f5b-3d2f6f1f6a56");
    private static final Map<String, String> COUNTERS =
            Map.of("network.incoming.bytes", "bw_in", "network.outgoing.bytes", "bw_out");

    @Override
    public String name() {
        return TASK;
    }

    @Override
    public String meters() {
        return "network.*.bytes";
    }

    @Override
    public @Nullable Shown shown(Sample sample) {
        String counter = COUNTERS.get(sample.meter().name());
        Map<String, @Nullable Object> metadata = sample.metadata();
        return counter != null
                        && sample.meter().type() == MeterType.CUMULATIVE
                        && metadata.get("instance_id") instanceof String instance
                        && metadata.get("mac") instanceof String mac
                ? new Shown(instance, mac, counter, SampleFacts.host(sample))
                : null;
    }

    @Override
    public Map<String, @Nullable Object> about(Sample sample) {
        Map<String, @Nullable Object> about = new HashMap<>(SampleFacts.of(sample));
        about.put("name", sample.metadata().get("name"));
        return about;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public UUID namespace() {
        return NAMESPACE;
    }

    @Override
    public Map<String, @Nullable Object> payload(Period period, CountedUsage usage) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("instance_id", usage.subject().instance());
        payload.put("tenant_id", usage.text("project_id"));
        payload.put("user_id", usage.text("user_id"));
        payload.put("display_name", usage.text("display_name"));
        payload.put("availability_zone", usage.text("availability_zone"));
        payload.put("host", usage.text("host"));
        payload.put("mac_address", usage.subject().part());
        payload.put("interface", usage.text("name"));
        payload.put("bw_in", usage.counted("bw_in"));
        payload.put("bw_out", usage.counted("bw_out"));
        payload.put("last_refreshed", usage.measured());
        payload.put("audit_period_beginning", NovaTime.period(period.begin()));
        payload.put("audit_period_ending", NovaTime.period(period.end()));
        return payload;
    }
}
