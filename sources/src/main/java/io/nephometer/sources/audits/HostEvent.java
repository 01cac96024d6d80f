// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AssetVersion;
import io.nephometer.model.MessageId;
import io.nephometer.model.NameUuid;
import io.nephometer.model.Period;
import io.nephometer.model.RawMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a hypervisor has and how much of it is used, at the end of a period: {@code compute.metrics.update} in Nova's form, with a list
 * {@code resources} that Nova's has not.
 *
 * @param capacity as the inventory has it; null if it does not know the hypervisor
 * @param readings what it showed of itself in the period; null if nothing
 */
record HostEvent(
        Period period,
        String host,
        String node,
        @Nullable AssetVersion capacity,
        HostUse use,
        HostReadings.@Nullable Both readings)
        implements AuditEvent {
    static final String TYPE = "compute.metrics.update";
    private static final UUID NAMESPACE = UUID.fromString("0d4c2c0e-5a3a-5f0c-8f5b-3d2f6f1f6a59");

    @Override
    public MessageId id() {
        String name = HostAuditor.TASK + "/" + period + "/" + resource();
        return new MessageId(NameUuid.of(NAMESPACE, name).toString());
    }

    @Override
    public String resource() {
        return AssetVersion.hostId(host, node);
    }

    @Override
    public RawMessage message() {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("host", host);
        payload.put("host_ip", capacity == null ? null : capacity.text("host_ip"));
        payload.put("nodename", node);
        payload.put("metrics", readings == null ? List.of() : HostMetrics.of(readings));
        payload.put("resources", resources());
        payload.put("running_elsewhere", use.names());
        return new NotificationText(id(), TYPE, host, period.end(), payload).message();
    }

    private List<Map<String, Object>> resources() {
        List<Map<String, Object>> resources = new ArrayList<>();
        add("vcpus", "vcpu", capacity("vcpus"), resources);
        add("vcpus.used", "vcpu", use.vcpus(), resources);
        add("memory", "MiB", capacity("memory_mb"), resources);
        add("memory.used", "MiB", use.memory(), resources);
        add("disk", "GiB", capacity("local_gb"), resources);
        add("disk.used", "GiB", use.disk(), resources);
        add("instances", "instance", (long) use.count(), resources);
        add("strangers", "instance", (long) use.strangers(), resources);
        return resources;
    }

    private @Nullable Long capacity(String field) {
        return capacity == null ? null : capacity.number(field);
    }

    private static void add(String name, String unit, @Nullable Long value, List<Map<String, Object>> resources) {
        if (value != null) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("unit", unit);
            one.put("value", value);
            resources.add(one);
        }
    }
}
