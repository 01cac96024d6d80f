// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import java.util.ArrayList;
import java.util.List;

/**
 * Which notifications our own queue is bound to: every topic and priority on every exchange.
 *
 * @param exchanges the control exchanges of the services, such as {@code nova}; those that do not exist are waited for
 * @param topics as in the services' {@code [oslo_messaging_notifications] topics}
 * @param priorities in lower case, such as {@code info}
 */
public record Subscription(List<String> exchanges, List<String> topics, List<String> priorities) {
    /** Cinder publishes to {@code openstack}, Designate to {@code dns} or {@code designate}. */
    private static final List<String> EXCHANGES = List.of(
            "nova",
            "glance",
            "neutron",
            "cinder",
            "openstack",
            "keystone",
            "heat",
            "swift",
            "ceilometer",
            "trove",
            "magnum",
            "zaqar",
            "dns",
            "designate",
            "ironic",
            "aodh",
            "octavia",
            "manila");

    public Subscription {
        exchanges = List.copyOf(exchanges);
        topics = List.copyOf(topics);
        priorities = List.copyOf(priorities);
        if (topics.isEmpty() || priorities.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs at least one topic and one priority");
        }
    }

    /** The usual exchanges, the topic {@code notifications}, and the priorities that become events or samples. */
    public static Subscription defaults() {
        return new Subscription(EXCHANGES, List.of("notifications"), List.of("info", "error", "sample"));
    }

    /** {@code topic.priority} for each of both, as OpenStack's services publish. */
    List<String> routingKeys() {
        List<String> keys = new ArrayList<>();
        for (String topic : topics) {
            for (String priority : priorities) {
                keys.add(topic + "." + priority);
            }
        }
        return keys;
    }
}
