// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.simulator.cloud.Flavor;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.Ids;
import io.nephometer.simulator.cloud.Network;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.cloud.VmState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A server as the API shows it: which keys there are depends on microversion and role. */
final class ServerView {
    private final Ids ids;
    private final InstantSource clock;
    private final String url;

    /** At most one per project and host. */
    private final Map<String, String> hostIds = new ConcurrentHashMap<>();

    /**
     * @param clock of the controllers
     * @param url of the service, without a path
     */
    ServerView(Ids ids, InstantSource clock, String url) {
        this.ids = ids;
        this.clock = clock;
        this.url = url;
    }

    Map<String, @Nullable Object> brief(Server server) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", server.id());
        tree.put("name", server.name());
        tree.put("links", links(server));
        return tree;
    }

    /** What is known of a server whose cell cannot be reached, from 2.69 on. */
    Map<String, @Nullable Object> unknown(Server server) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", server.id());
        tree.put("status", "UNKNOWN");
        tree.put("tenant_id", server.project().id());
        tree.put("created", NovaTime.seconds(server.times().created()));
        tree.put("links", links(server));
        return tree;
    }

    /** @param listed whether it is one of a list: alone it tells a little more */
    Map<String, @Nullable Object> detailed(Server server, Caller caller, boolean listed) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        core(tree, server, caller);
        attributes(tree, server, caller);
        tree.put("OS-EXT-STS:task_state", server.task());
        tree.put("OS-EXT-STS:vm_state", server.vmState().text());
        tree.put("OS-EXT-STS:power_state", ServerStatus.power(server));
        tree.put("os-extended-volumes:volumes_attached", List.of());
        later(tree, server, caller, listed);
        if (!server.isDeleted() && server.guest() != null) {
            tree.put("security_groups", List.of(Map.of("name", "default")));
        }
        return tree;
    }

    private void core(Map<String, @Nullable Object> tree, Server server, Caller caller) {
        String status = ServerStatus.of(server);
        tree.put("id", server.id());
        tree.put("name", server.name());
        tree.put("status", status);
        tree.put("tenant_id", server.project().id());
        tree.put("user_id", server.user().id());
        tree.put("metadata", server.metadata());
        tree.put("hostId", hostId(server));
        tree.put("image", bookmarked("images", server.image().id()));
        tree.put(
                "flavor",
                caller.isAtLeast(47)
                        ? embedded(server.flavor())
                        : bookmarked("flavors", server.flavor().id()));
        tree.put("created", NovaTime.seconds(server.times().created()));
        tree.put("updated", NovaTime.seconds(updated(server)));
        tree.put("addresses", addresses(server));
        tree.put("accessIPv4", "");
        tree.put("accessIPv6", "");
        tree.put("links", links(server));
        tree.put("OS-DCF:diskConfig", "MANUAL");
        if (ServerStatus.hasProgress(status)) {
            tree.put("progress", 0);
        }
        tree.put("OS-EXT-AZ:availability_zone", server.vmState() == VmState.SHELVED_OFFLOADED ? "" : "nova");
        tree.put("config_drive", "");
        tree.put("key_name", null);
        tree.put("OS-SRV-USG:launched_at", NovaTime.micros(server.times().launched()));
        tree.put("OS-SRV-USG:terminated_at", NovaTime.micros(server.times().terminated()));
    }

    /** What only administrators see. */
    private void attributes(Map<String, @Nullable Object> tree, Server server, Caller caller) {
        if (!caller.isAdmin()) {
            return;
        }
        Host host = server.host();
        String name = host == null ? null : host.name();
        tree.put("OS-EXT-SRV-ATTR:host", name);
        tree.put("OS-EXT-SRV-ATTR:instance_name", server.instanceName());
        tree.put("OS-EXT-SRV-ATTR:hypervisor_hostname", name);
        if (caller.isAtLeast(3)) {
            tree.put("OS-EXT-SRV-ATTR:reservation_id", reservation(server));
            tree.put("OS-EXT-SRV-ATTR:launch_index", 0);
            tree.put("OS-EXT-SRV-ATTR:hostname", server.hostname());
            tree.put("OS-EXT-SRV-ATTR:kernel_id", "");
            tree.put("OS-EXT-SRV-ATTR:ramdisk_id", "");
            tree.put("OS-EXT-SRV-ATTR:root_device_name", server.times().launched() == null ? null : "/dev/vda");
            tree.put("OS-EXT-SRV-ATTR:user_data", null);
        }
    }

    /** What later microversions added, in the order in which Nova writes it. */
    private static void later(Map<String, @Nullable Object> tree, Server server, Caller caller, boolean listed) {
        if (!listed) {
            hostStatus(tree, server, caller);
        }
        put(tree, caller.isAtLeast(9), "locked", false);
        put(tree, caller.isAtLeast(73), "locked_reason", null);
        put(tree, caller.isAtLeast(19), "description", null);
        put(tree, caller.isAtLeast(26), "tags", server.tags());
        put(tree, caller.isAtLeast(63), "trusted_image_certificates", null);
        if (listed) {
            hostStatus(tree, server, caller);
        } else {
            put(tree, caller.isAtLeast(71), "server_groups", List.of());
        }
    }

    private static void hostStatus(Map<String, @Nullable Object> tree, Server server, Caller caller) {
        boolean placed = server.host() != null && !server.isDeleted();
        put(tree, caller.isAdmin() && caller.isAtLeast(16), "host_status", placed ? "UP" : "");
    }

    private static void put(Map<String, @Nullable Object> tree, boolean shown, String key, @Nullable Object value) {
        if (shown) {
            tree.put(key, value);
        }
    }

    /** Of a row that was never changed Nova says that it was changed just now. */
    private Instant updated(Server server) {
        Instant updated = server.times().updated();
        return updated == null ? clock.instant() : updated;
    }

    private String hostId(Server server) {
        Host host = server.host();
        return host == null
                ? ""
                : hostIds.computeIfAbsent(
                        server.project().id() + host.name(),
                        key -> ids.hex(key) + ids.hex(host.name()).substring(0, 24));
    }

    private static String reservation(Server server) {
        return "r-" + server.id().substring(0, 8);
    }

    private static Map<String, Object> addresses(Server server) {
        if (server.isDeleted() || server.times().launched() == null) {
            return Map.of();
        }
        Map<String, Object> address = new LinkedHashMap<>();
        address.put("version", 4);
        address.put("addr", Network.address(server));
        address.put("OS-EXT-IPS:type", "fixed");
        address.put("OS-EXT-IPS-MAC:mac_addr", Network.mac(server));
        return Map.of(Network.NAME, List.of(address));
    }

    private Map<String, Object> bookmarked(String kind, String id) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", id);
        tree.put("links", List.of(link("bookmark", url + "/" + kind + "/" + id)));
        return tree;
    }

    private static Map<String, Object> embedded(Flavor flavor) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("vcpus", flavor.vcpus());
        tree.put("ram", flavor.ram());
        tree.put("disk", flavor.disk());
        tree.put("ephemeral", flavor.ephemeral());
        tree.put("swap", flavor.swap());
        tree.put("original_name", flavor.name());
        tree.put("extra_specs", flavor.extraSpecs());
        return tree;
    }

    private List<Object> links(Server server) {
        return List.of(
                link("self", url + "/v2.1/servers/" + server.id()), link("bookmark", url + "/servers/" + server.id()));
    }

    static Map<String, Object> link(String rel, String href) {
        Map<String, Object> link = new LinkedHashMap<>();
        link.put("rel", rel);
        link.put("href", href);
        return link;
    }
}
