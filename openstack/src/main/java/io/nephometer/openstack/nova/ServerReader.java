// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.JsonCursor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one {@link Server} of the object on which a cursor stands. For one use. */
final class ServerReader {
    private final JsonCursor json;

    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String status;
    private @Nullable String projectId;
    private @Nullable String userId;
    private @Nullable String hostId;
    private @Nullable String host;
    private @Nullable String node;
    private @Nullable String hostname;
    private @Nullable String instanceName;
    private @Nullable String imageId;
    private @Nullable String flavorId;
    private @Nullable Flavor flavor;
    private @Nullable String vmState;
    private @Nullable String taskState;
    private @Nullable Integer powerState;
    private @Nullable String availabilityZone;
    private @Nullable String reservationId;
    private @Nullable String kernelId;
    private @Nullable String ramdiskId;
    private @Nullable Instant created;
    private @Nullable Instant updated;
    private @Nullable Instant launched;
    private @Nullable Instant terminated;
    private Map<String, String> metadata = Map.of();
    private List<String> tags = List.of();

    private ServerReader(JsonCursor json) {
        this.json = json;
    }

    static Server read(JsonCursor json) throws AnswerException {
        ServerReader reader = new ServerReader(json);
        json.fields(reader::field);
        return reader.server();
    }

    private Server server() throws AnswerException {
        if (id == null || status == null) {
            throw json.wrong("a server without " + (id == null ? "id" : "status"));
        }
        return new Server(
                id,
                name,
                status,
                projectId,
                userId,
                hostId,
                host,
                node,
                hostname,
                instanceName,
                imageId,
                flavorId,
                flavor,
                vmState,
                taskState,
                powerState,
                availabilityZone,
                reservationId,
                kernelId,
                ramdiskId,
                created,
                updated,
                launched,
                terminated,
                metadata,
                tags);
    }

    private void field(String field) throws AnswerException {
        switch (field) {
            case "id" -> id = json.text();
            case "name" -> name = json.textOrNull();
            case "status" -> status = json.text();
            case "tenant_id" -> projectId = json.textIfAny();
            case "user_id" -> userId = json.textIfAny();
            case "image" -> imageId = imageId();
            case "flavor" -> flavor();
            case "created" -> created = json.timeOrNull();
            case "updated" -> updated = json.timeOrNull();
            case "metadata" -> metadata = json.texts();
            case "tags" -> tags = json.textList();
            default -> attribute(field);
        }
    }

    private void attribute(String field) throws AnswerException {
        switch (field) {
            case "hostId" -> hostId = json.textIfAny();
            case "OS-EXT-SRV-ATTR:host" -> host = json.textIfAny();
            case "OS-EXT-SRV-ATTR:hypervisor_hostname" -> node = json.textIfAny();
            case "OS-EXT-SRV-ATTR:hostname" -> hostname = json.textIfAny();
            case "OS-EXT-SRV-ATTR:instance_name" -> instanceName = json.textIfAny();
            case "OS-EXT-SRV-ATTR:reservation_id" -> reservationId = json.textIfAny();
            case "OS-EXT-SRV-ATTR:kernel_id" -> kernelId = json.textIfAny();
            case "OS-EXT-SRV-ATTR:ramdisk_id" -> ramdiskId = json.textIfAny();
            case "OS-EXT-STS:vm_state" -> vmState = json.textIfAny();
            case "OS-EXT-STS:task_state" -> taskState = json.textIfAny();
            case "OS-EXT-STS:power_state" -> powerState = json.integerOrNull();
            case "OS-EXT-AZ:availability_zone" -> availabilityZone = json.textIfAny();
            case "OS-SRV-USG:launched_at" -> launched = json.timeOrNull();
            case "OS-SRV-USG:terminated_at" -> terminated = json.timeOrNull();
            default -> {}
        }
    }

    /** Nova writes an empty text where a server boots from a volume. */
    private @Nullable String imageId() throws AnswerException {
        if (!json.isObject()) {
            json.textOrNull();
            return null;
        }
        String[] found = new String[1];
        json.fields(field -> {
            if (field.equals("id")) {
                found[0] = json.textIfAny();
            }
        });
        return found[0];
    }

    private void flavor() throws AnswerException {
        if (json.isNull()) {
            return;
        }
        FlavorReader reader = new FlavorReader(json);
        json.fields(reader::field);
        flavorId = reader.id();
        flavor = reader.isReference() ? null : reader.flavor();
    }
}
