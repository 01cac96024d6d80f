// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.sources.polling.central.CentralPollster;
import java.util.List;
import java.util.Map;

/** Of networks. */
final class NetworkMeters {
    private static final Map<String, Long> STATUS = Map.of(
            "inactive",
            0L,
            "active",
            1L,
            "pending_create",
            2L,
            "down",
            3L,
            "created",
            4L,
            "pending_update",
            5L,
            "pending_delete",
            6L,
            "error",
            7L);

    private NetworkMeters() {}

    static List<CentralPollster> all() {
        return List.of(new ListedPollster(
                ListedPollster.gauge("ip.floating", "ip"),
                CloudDiscovery.FLOATING_IPS,
                ListedPollster.Volume.status("status", STATUS),
                "tenant_id",
                "user_id",
                Metadata.attributes(
                        "router_id",
                        "status",
                        "floating_network_id",
                        "fixed_ip_address",
                        "port_id",
                        "floating_ip_address")));
    }
}
