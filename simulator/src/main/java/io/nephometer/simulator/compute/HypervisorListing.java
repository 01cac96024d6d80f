// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.runtime.json.Json;
import io.nephometer.simulator.api.Paging;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.faults.FaultPlan;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hypervisors and the services beside them. */
final class HypervisorListing {
    private static final int VCPUS = 64;
    private static final int MEMORY = 524_288;
    private static final int DISK = 8_192;
    private static final Map<String, Object> CPU =
            Map.of("arch", "x86_64", "model", "Cascadelake-Server", "vendor", "Intel", "features", List.of("vmx"));

    private final Cloud cloud;
    private final FaultPlan faults;
    private final InstantSource clock;
    private final String url;

    /** @param clock of the controllers */
    HypervisorListing(Cloud cloud, FaultPlan faults, InstantSource clock, String url) {
        this.cloud = cloud;
        this.faults = faults;
        this.clock = clock;
        this.url = url;
    }

    Map<String, Object> hypervisors(Caller caller, boolean detailed) {
        int limit = caller.isAtLeast(33) ? PageLimit.of(caller.query()) : Integer.MAX_VALUE;
        String marker = caller.query().last("marker").orElse("");
        String pattern = caller.query().last("hypervisor_hostname_pattern").orElse("");
        List<Host> after = reachable().stream()
                .filter(host -> host.name().contains(pattern))
                .toList();
        int from = marker.isEmpty() ? 0 : indexAfter(after, marker, caller);
        List<Host> page = after.subList(from, (int) Math.min(after.size(), from + (long) limit));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "hypervisors",
                page.stream().map(host -> hypervisor(host, caller, detailed)).toList());
        if (caller.isAtLeast(33) && limit > 0 && page.size() == limit) {
            String next = Paging.next(url + caller.path(), caller.query(), String.valueOf(id(page.getLast(), caller)));
            tree.put("hypervisors_links", List.of(ServerView.link("next", next)));
        }
        return tree;
    }

    private List<Host> reachable() {
        return cloud.hosts().stream()
                .filter(host -> !faults.isDown(host.cell()))
                .toList();
    }

    private int indexAfter(List<Host> hosts, String marker, Caller caller) {
        for (int i = 0; i < hosts.size(); i++) {
            if (String.valueOf(id(hosts.get(i), caller)).equals(marker)) {
                return i + 1;
            }
        }
        throw new RefusedException(400, "marker [" + marker + "] not found");
    }

    private Object id(Host host, Caller caller) {
        return caller.isAtLeast(53) ? cloud.ids().uuid("hypervisor/" + host.name()) : (Object) host.number();
    }

    private Object serviceId(String service, int number, Caller caller) {
        return caller.isAtLeast(53) ? cloud.ids().uuid("service/" + service) : (Object) number;
    }

    private Map<String, @Nullable Object> hypervisor(Host host, Caller caller, boolean detailed) {
        List<Server> guests = cloud.guestsOf(host.name());
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", id(host, caller));
        tree.put("hypervisor_hostname", host.name());
        tree.put("state", "up");
        tree.put("status", "enabled");
        if (detailed) {
            detail(tree, host, guests, caller);
        }
        if (caller.isAtLeast(53)
                && caller.query()
                        .last("with_servers")
                        .filter("true"::equalsIgnoreCase)
                        .isPresent()) {
            tree.put("servers", guests.stream().map(HypervisorListing::named).toList());
        }
        return tree;
    }

    private static Map<String, Object> named(Server server) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", server.instanceName());
        tree.put("uuid", server.id());
        return tree;
    }

    private void detail(Map<String, @Nullable Object> tree, Host host, List<Server> guests, Caller caller) {
        tree.put("hypervisor_type", "QEMU");
        tree.put("hypervisor_version", 7_002_022);
        tree.put("host_ip", "127.0.0.1");
        Map<String, @Nullable Object> service = new LinkedHashMap<>();
        service.put("id", serviceId(host.name(), host.number() + 4, caller));
        service.put("host", host.name());
        service.put("disabled_reason", null);
        tree.put("service", service);
        if (caller.isAtLeast(88)) {
            tree.put("uptime", null);
            return;
        }
        int vcpus = guests.stream().mapToInt(guest -> guest.flavor().vcpus()).sum();
        int memory = guests.stream().mapToInt(guest -> guest.flavor().ram()).sum();
        int disk = guests.stream().mapToInt(guest -> guest.flavor().disk()).sum();
        tree.put("vcpus", VCPUS);
        tree.put("memory_mb", MEMORY);
        tree.put("local_gb", DISK);
        tree.put("vcpus_used", vcpus);
        tree.put("memory_mb_used", memory);
        tree.put("local_gb_used", disk);
        tree.put("free_ram_mb", MEMORY - memory);
        tree.put("free_disk_gb", DISK - disk);
        tree.put("current_workload", 0);
        tree.put("running_vms", guests.size());
        tree.put("disk_available_least", 0);
        tree.put("cpu_info", caller.isAtLeast(28) ? CPU : (Object) Json.write(CPU));
    }

    Map<String, Object> services(Caller caller) {
        List<Object> services = new ArrayList<>();
        String binary = caller.query().last("binary").orElse("");
        String host = caller.query().last("host").orElse("");
        int number = 1;
        for (String name : List.of("nova-scheduler", "nova-conductor")) {
            if ((binary.isEmpty() || binary.equals(name)) && (host.isEmpty() || host.equals("controller"))) {
                services.add(service(name, "controller", "internal", number, caller));
            }
            number++;
        }
        for (Host each : caller.isAtLeast(69) ? cloud.hosts() : reachable()) {
            if ((binary.isEmpty() || binary.equals("nova-compute")) && (host.isEmpty() || host.equals(each.name()))) {
                services.add(
                        faults.isDown(each.cell())
                                ? unreached(each)
                                : service("nova-compute", each.name(), "nova", each.number() + 4, caller));
            }
        }
        return Map.of("services", services);
    }

    /** From 2.69 on, what the API's own database knows of a cell that is down. */
    private static Map<String, Object> unreached(Host host) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("binary", "nova-compute");
        tree.put("host", host.name());
        tree.put("status", "UNKNOWN");
        return tree;
    }

    private Map<String, @Nullable Object> service(String binary, String host, String zone, int number, Caller caller) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("binary", binary);
        tree.put("host", host);
        tree.put("id", serviceId(binary.equals("nova-compute") ? host : binary, number, caller));
        tree.put("zone", zone);
        tree.put("status", "enabled");
        tree.put("state", "up");
        tree.put("updated_at", NovaTime.micros(clock.instant()));
        tree.put("disabled_reason", null);
        if (caller.isAtLeast(11)) {
            tree.put("forced_down", false);
        }
        return tree;
    }
}
