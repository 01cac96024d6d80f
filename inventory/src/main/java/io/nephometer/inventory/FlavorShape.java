// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory;

import io.nephometer.openstack.nova.Flavor;

/**
 * What tells flavors apart where Nova embeds them without their id: the name alone does not, since it may have been given to another
 * flavor meanwhile.
 */
public record FlavorShape(String name, int vcpus, int memory, int disk, int ephemeral, int swap) {
    public static FlavorShape of(Flavor flavor) {
        return new FlavorShape(
                flavor.name(),
                flavor.vcpus(),
                flavor.memoryMiB(),
                flavor.diskGiB(),
                flavor.ephemeralGiB(),
                flavor.swapMiB());
    }
}
