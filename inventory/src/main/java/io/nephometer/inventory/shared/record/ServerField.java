// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.openstack.nova.Server;
import java.util.Set;

/** The fields of a server that a notification may tell; its id it always tells. */
public enum ServerField {
    NAME,
    STATUS,
    PROJECT,
    USER,
    HOST_ID,
    HOST,
    NODE,
    HOSTNAME,
    INSTANCE_NAME,
    IMAGE,
    /** {@link Server#flavorId} and {@link Server#flavor}. */
    FLAVOR,
    VM_STATE,
    TASK_STATE,
    POWER_STATE,
    AVAILABILITY_ZONE,
    RESERVATION,
    KERNEL,
    RAMDISK,
    CREATED,
    UPDATED,
    LAUNCHED,
    TERMINATED,
    METADATA,
    TAGS;

    /** {@code known} with those fields of {@code told} that it tells. */
    static Server overlay(Server known, Server told, Set<ServerField> tells) {
        return new Server(
                known.id(),
                from(tells, NAME, known, told).name(),
                from(tells, STATUS, known, told).status(),
                from(tells, PROJECT, known, told).projectId(),
                from(tells, USER, known, told).userId(),
                from(tells, HOST_ID, known, told).hostId(),
                from(tells, HOST, known, told).host(),
                from(tells, NODE, known, told).node(),
                from(tells, HOSTNAME, known, told).hostname(),
                from(tells, INSTANCE_NAME, known, told).instanceName(),
                from(tells, IMAGE, known, told).imageId(),
                from(tells, FLAVOR, known, told).flavorId(),
                from(tells, FLAVOR, known, told).flavor(),
                from(tells, VM_STATE, known, told).vmState(),
                from(tells, TASK_STATE, known, told).taskState(),
                from(tells, POWER_STATE, known, told).powerState(),
                from(tells, AVAILABILITY_ZONE, known, told).availabilityZone(),
                from(tells, RESERVATION, known, told).reservationId(),
                from(tells, KERNEL, known, told).kernelId(),
                from(tells, RAMDISK, known, told).ramdiskId(),
                from(tells, CREATED, known, told).created(),
                from(tells, UPDATED, known, told).updated(),
                from(tells, LAUNCHED, known, told).launched(),
                from(tells, TERMINATED, known, told).terminated(),
                from(tells, METADATA, known, told).metadata(),
                from(tells, TAGS, known, told).tags());
    }

    private static Server from(Set<ServerField> tells, ServerField field, Server known, Server told) {
        return tells.contains(field) ? told : known;
    }
}
