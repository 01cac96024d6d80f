// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.late;

import io.nephometer.inventory.Instance;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the shared cache says of an instance that it knows. */
public sealed interface Found {
    /**
     * It is there, or was until it was deleted within the last hour.
     *
     * @param flavors by id, those that it needs now or needed before
     * @param images by id, likewise
     */
    record Known(CachedInstance cached, Map<String, Flavor> flavors, Map<String, Image> images) implements Found {
        /** Whether it is known what it was then; if not, {@link #at} tells what it was as soon after as is known. */
        public boolean isKnown(Instant moment) {
            return !moment.isBefore(since());
        }

        /** From when on it is known what it was. */
        public Instant since() {
            return cached.since();
        }

        /** The instance as it was then, as far as is known. */
        public Instance at(Instant moment) {
            Server server = cached.at(moment);
            return new Instance(server, flavor(server), named(images, server.imageId()));
        }

        private @Nullable Flavor flavor(Server server) {
            Flavor embedded = server.flavor();
            return embedded == null ? named(flavors, server.flavorId()) : embedded;
        }

        private static <T> @Nullable T named(Map<String, T> things, @Nullable String id) {
            return id == null ? null : things.get(id);
        }
    }

    /** It was deleted, and what it was is no longer known. */
    record Gone() implements Found {}
}
