// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.JsonCursor;
import org.jspecify.annotations.Nullable;

/** Makes one {@link Hypervisor} of the object on which a cursor stands. For one use. */
final class HypervisorReader {
    private final JsonCursor json;

    private @Nullable String id;
    private @Nullable String hostname;
    private @Nullable String host;
    private @Nullable String type;
    private @Nullable String state;
    private @Nullable String status;
    private @Nullable Integer vcpus;
    private @Nullable Integer vcpusUsed;
    private @Nullable Long memory;
    private @Nullable Long memoryUsed;
    private @Nullable Long disk;
    private @Nullable Long diskUsed;
    private @Nullable Integer runningServers;

    private HypervisorReader(JsonCursor json) {
        this.json = json;
    }

    static Hypervisor read(JsonCursor json) throws AnswerException {
        HypervisorReader reader = new HypervisorReader(json);
        json.fields(reader::field);
        return reader.hypervisor();
    }

    private void field(String field) throws AnswerException {
        switch (field) {
            case "id" -> id = json.scalar();
            case "hypervisor_hostname" -> hostname = json.text();
            case "service" -> json.fieldsIfAny(this::service);
            case "hypervisor_type" -> type = json.textIfAny();
            case "state" -> state = json.textIfAny();
            case "status" -> status = json.textIfAny();
            case "vcpus" -> vcpus = json.integerOrNull();
            case "vcpus_used" -> vcpusUsed = json.integerOrNull();
            case "memory_mb" -> memory = json.numberOrNull();
            case "memory_mb_used" -> memoryUsed = json.numberOrNull();
            case "local_gb" -> disk = json.numberOrNull();
            case "local_gb_used" -> diskUsed = json.numberOrNull();
            case "running_vms" -> runningServers = json.integerOrNull();
            default -> {}
        }
    }

    private void service(String field) throws AnswerException {
        if (field.equals("host")) {
            host = json.textIfAny();
        }
    }

    private Hypervisor hypervisor() throws AnswerException {
        if (id == null || hostname == null) {
            throw json.wrong("a hypervisor without " + (id == null ? "id" : "hypervisor_hostname"));
        }
        return new Hypervisor(
                id,
                hostname,
                host,
                type,
                state,
                status,
                vcpus,
                vcpusUsed,
                memory,
                memoryUsed,
                disk,
                diskUsed,
                runningServers);
    }
}
