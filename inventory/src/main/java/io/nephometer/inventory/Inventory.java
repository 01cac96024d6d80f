// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory;

import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import java.util.Map;
import java.util.Optional;

/**
 * The read view of what is known about resources. It answers at once from what it holds, says how old that is, and never asks a
 * service while somebody waits. Safe for several threads; each answer is of one whole set.
 */
public interface Inventory {
    /** The instances of this host by id, those that are gone or moved away left out. */
    Answer<Map<String, Instance>> instancesOf(String host);

    /** One instance by id. */
    Answer<Optional<Instance>> instance(String id);

    /** One flavor by id; empty if Nova has none of that id. */
    Answer<Optional<Flavor>> flavor(String id);

    /** One image by id; empty if Glance has none of that id. */
    Answer<Optional<Image>> image(String id);
}
