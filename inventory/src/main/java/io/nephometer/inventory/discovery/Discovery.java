// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.model.Shortfall;
import java.util.List;

/**
 * What a cycle has before it.
 *
 * @param instances by id; running ones, and those of whom only the description is known
 * @param shortfalls what should be measured and cannot be, and why
 * @param unknownToNova domains of this host that Nova's list does not have, or not yet
 * @param notOfNova domains of which nothing says whose they are; nobody measures them
 */
public record Discovery(
        List<DiscoveredInstance> instances, List<Shortfall> shortfalls, int unknownToNova, int notOfNova) {
    public Discovery {
        instances = List.copyOf(instances);
        shortfalls = List.copyOf(shortfalls);
    }
}
