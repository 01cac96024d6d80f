// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server as Nova's database has it at one moment.
 *
 * @param number of its row; its domain is called after it
 * @param name display name
 * @param hostname the first display name
 * @param image what it boots from; it may be gone from Glance
 * @param host where it is; null while it is nowhere (not scheduled yet, shelved and offloaded)
 * @param task what is being done with it; null if nothing is
 * @param metadata what users set; empty once it is deleted
 * @param guest the domain on its host; null if there is none
 */
public record Server(
        int number,
        String id,
        String name,
        String hostname,
        Project project,
        User user,
        Image image,
        Flavor flavor,
        @Nullable Host host,
        VmState vmState,
        @Nullable String task,
        Times times,
        Map<String, String> metadata,
        List<String> tags,
        @Nullable Guest guest) {

    /** The name of its domain: {@code instance-0000003f}. */
    public String instanceName() {
        return "instance-" + HexFormat.of().toHexDigits(number);
    }

    /** Whether its row is marked as deleted. */
    public boolean isDeleted() {
        return times.deleted() != null;
    }

    /** Whether an operation may begin: nothing is being done with it, and it is there. */
    public boolean isIdle() {
        return task == null && !isDeleted() && vmState != VmState.BUILDING;
    }

    Server named(String newName) {
        return new Server(
                number, id, newName, hostname, project, user, image, flavor, host, vmState, task, times, metadata, tags,
                guest);
    }

    Server with(Flavor newFlavor) {
        return new Server(
                number, id, name, hostname, project, user, image, newFlavor, host, vmState, task, times, metadata, tags,
                guest);
    }

    Server on(@Nullable Host newHost) {
        return new Server(
                number, id, name, hostname, project, user, image, flavor, newHost, vmState, task, times, metadata, tags,
                guest);
    }

    Server in(VmState newState, @Nullable String newTask) {
        return new Server(
                number, id, name, hostname, project, user, image, flavor, host, newState, newTask, times, metadata,
                tags, guest);
    }

    Server at(Times newTimes) {
        return new Server(
                number, id, name, hostname, project, user, image, flavor, host, vmState, task, newTimes, metadata, tags,
                guest);
    }

    Server describedBy(Map<String, String> newMetadata) {
        return new Server(
                number,
                id,
                name,
                hostname,
                project,
                user,
                image,
                flavor,
                host,
                vmState,
                task,
                times,
                newMetadata,
                tags,
                guest);
    }

    Server tagged(List<String> newTags) {
        return new Server(
                number, id, name, hostname, project, user, image, flavor, host, vmState, task, times, metadata, newTags,
                guest);
    }

    Server runningAs(@Nullable Guest newGuest) {
        return new Server(
                number, id, name, hostname, project, user, image, flavor, host, vmState, task, times, metadata, tags,
                newGuest);
    }
}
