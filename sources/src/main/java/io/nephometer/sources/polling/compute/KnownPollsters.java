// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Names of the pollsters of all agents: one {@code polling.yaml} often serves them all. */
final class KnownPollsters {
    /** Those of Ceilometer's central and IPMI agents. */
    private static final List<String> OF_OTHERS = List.of(
            "alarm.evaluation_result",
            "dns.zone.recordsets",
            "dns.zone.serial",
            "dns.zone.status",
            "dns.zone.ttl",
            "hardware.ipmi.current",
            "hardware.ipmi.fan",
            "hardware.ipmi.power",
            "hardware.ipmi.temperature",
            "hardware.ipmi.voltage",
            "image.size",
            "ip.floating",
            "loadbalancer.operating",
            "loadbalancer.provisioning",
            "manila.share.size",
            "manila.share.status",
            "network.services.firewall",
            "network.services.firewall.policy",
            "network.services.vpn",
            "network.services.vpn.connections",
            "radosgw.containers.objects",
            "radosgw.containers.objects.size",
            "radosgw.objects",
            "radosgw.objects.containers",
            "radosgw.objects.size",
            "radosgw.usage",
            "storage.containers.objects",
            "storage.containers.objects.size",
            "storage.objects",
            "storage.objects.containers",
            "storage.objects.size",
            "volume.backup.size",
            "volume.provider.pool.capacity.allocated",
            "volume.provider.pool.capacity.free",
            "volume.provider.pool.capacity.provisioned",
            "volume.provider.pool.capacity.total",
            "volume.provider.pool.capacity.virtual_free",
            "volume.service.health",
            "volume.size",
            "volume.snapshot.size");

    private KnownPollsters() {}

    static Set<String> names() {
        Set<String> names = new TreeSet<>(OF_OTHERS);
        names.addAll(ComputeMeters.names());
        return names;
    }
}
