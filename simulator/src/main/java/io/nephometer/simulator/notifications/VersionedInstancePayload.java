// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

import io.nephometer.simulator.cloud.CloudEvent;
import io.nephometer.simulator.cloud.Flavor;
import io.nephometer.simulator.cloud.Guest;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.Network;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.cloud.VmState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The payload of {@code instance.*}: objects that tell their name and version. */
final class VersionedInstancePayload {
    /** What has no port any more. */
    private static final Set<String> WITHOUT_ADDRESSES = Set.of("instance.shutdown.end", "instance.delete.end");

    private final CloudEvent.OfServer event;
    private final Server server;
    private final Map<String, @Nullable Object> data = new LinkedHashMap<>();

    private VersionedInstancePayload(CloudEvent.OfServer event) {
        this.event = event;
        this.server = event.server();
    }

    static Map<String, @Nullable Object> tree(CloudEvent.OfServer event, VersionedType type) {
        VersionedInstancePayload payload = new VersionedInstancePayload(event);
        payload.ofType(type.payload());
        payload.ofAll(type.type());
        return object(type.payload(), type.version(), payload.data);
    }

    private static Map<String, @Nullable Object> object(
            String name, String version, Map<String, @Nullable Object> data) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("nova_object.name", name);
        object.put("nova_object.namespace", "nova");
        object.put("nova_object.version", version);
        object.put("nova_object.data", data);
        return object;
    }

    private void ofType(String payload) {
        switch (payload) {
            case "InstanceCreatePayload" -> {
                data.put("keypairs", List.of());
                data.put("tags", server.tags());
                data.put("trusted_image_certificates", null);
                data.put("instance_name", server.instanceName());
                data.put("fault", null);
            }
            case "InstanceUpdatePayload" -> {
                data.put("state_update", stateUpdate());
                data.put("audit_period", auditPeriod());
                data.put("old_display_name", event.extra().get("old_display_name"));
                data.put("tags", server.tags());
            }
            case "InstanceExistsPayload" -> data.put("audit_period", auditPeriod());
            case "InstanceActionResizePrepPayload" -> {
                data.put(
                        "new_flavor", event.extra().get("new_flavor") instanceof Flavor flavor ? flavor(flavor) : null);
                data.put("fault", null);
            }
            default -> data.put("fault", null);
        }
    }

    private Map<String, @Nullable Object> stateUpdate() {
        Map<String, @Nullable Object> update = new LinkedHashMap<>();
        update.put("old_state", event.extra().get("old_state"));
        update.put("state", server.vmState().text());
        update.put("old_task_state", event.extra().get("old_task_state"));
        update.put("new_task_state", event.extra().get("new_task_state"));
        return object("InstanceStateUpdatePayload", "1.0", update);
    }

    private Map<String, @Nullable Object> auditPeriod() {
        Map<String, @Nullable Object> period = new LinkedHashMap<>();
        period.put("audit_period_beginning", time(event.extra().get("audit_period_beginning")));
        period.put("audit_period_ending", time(event.extra().get("audit_period_ending")));
        return object("AuditPeriodPayload", "1.0", period);
    }

    private static @Nullable String time(@Nullable Object value) {
        return value instanceof Instant instant ? Stamp.zulu(instant) : null;
    }

    private void ofAll(String type) {
        data.put("uuid", server.id());
        data.put("user_id", server.user().id());
        data.put("tenant_id", server.project().id());
        data.put("reservation_id", "r-" + server.id().substring(0, 8));
        data.put("display_name", server.name());
        data.put("display_description", null);
        data.put("host_name", server.hostname());
        place();
        data.put("os_type", null);
        data.put("architecture", null);
        data.put("flavor", flavor(server.flavor()));
        data.put("image_uuid", server.image().id());
        data.put("key_name", null);
        data.put("kernel_id", "");
        data.put("ramdisk_id", "");
        times();
        data.put("state", server.vmState().text());
        data.put("power_state", power());
        data.put("task_state", task(type));
        data.put("progress", 0);
        boolean unplugged = server.times().launched() == null || WITHOUT_ADDRESSES.contains(type);
        data.put("ip_addresses", unplugged ? List.of() : List.of(address()));
        data.put("block_devices", List.of());
        data.put("metadata", server.metadata());
        data.put("locked", false);
        data.put("auto_disk_config", "MANUAL");
        data.put("request_id", "req-" + server.id());
        data.put("action_initiator_user", server.user().id());
        data.put("action_initiator_project", server.project().id());
        data.put("locked_reason", null);
    }

    /** A build begins without a task; the source of a live migration does not know yet that it has ended. */
    private @Nullable String task(String type) {
        return switch (type) {
            case "instance.create.start" -> null;
            case "instance.live_migration_post.end" -> "migrating";
            default -> server.task();
        };
    }

    private void place() {
        Host host = server.host();
        boolean nowhere =
                host == null && server.vmState() == VmState.SHELVED_OFFLOADED && !"unshelving".equals(server.task());
        data.put("host", host == null ? null : host.name());
        data.put("node", host == null ? null : host.name());
        data.put("availability_zone", nowhere ? null : "nova");
    }

    private void times() {
        data.put("created_at", time(server.times().created()));
        data.put("launched_at", time(server.times().launched()));
        data.put("terminated_at", time(server.times().terminated()));
        data.put("deleted_at", time(server.times().deleted()));
        data.put("updated_at", time(server.times().updated()));
    }

    /** By name, where the API has numbers. */
    private String power() {
        Guest guest = server.guest();
        return guest == null ? "pending" : guest.running() == null ? "shutdown" : "running";
    }

    private static Map<String, @Nullable Object> flavor(Flavor flavor) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("flavorid", flavor.id());
        data.put("memory_mb", flavor.ram());
        data.put("vcpus", flavor.vcpus());
        data.put("root_gb", flavor.disk());
        data.put("ephemeral_gb", flavor.ephemeral());
        data.put("name", flavor.name());
        data.put("swap", flavor.swap());
        data.put("rxtx_factor", 1.0);
        data.put("vcpu_weight", 0);
        data.put("disabled", false);
        data.put("is_public", true);
        data.put("extra_specs", flavor.extraSpecs());
        data.put("projects", null);
        data.put("description", null);
        return object("FlavorPayload", "1.4", data);
    }

    private Map<String, @Nullable Object> address() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("label", Network.NAME);
        data.put("mac", Network.mac(server));
        data.put("meta", Map.of());
        data.put("port_uuid", Network.port(server));
        data.put("version", 4);
        data.put("address", Network.address(server));
        data.put("device_name", "tap" + Network.port(server).substring(0, 11));
        return object("IpPayload", "1.0", data);
    }
}
