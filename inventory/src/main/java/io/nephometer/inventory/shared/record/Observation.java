// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody told of one instance. */
public sealed interface Observation {
    String id();

    /**
     * Nova's API, in a list of changes or asked for this one.
     *
     * @param told when it was asked, on Nova's clock
     */
    record Answer(Server server, Instant told) implements Observation {
        @Override
        public String id() {
            return server.id();
        }
    }

    /**
     * Nova's API, in a reading of all servers: it heals, whatever the times of the records are.
     *
     * @param told when the page was asked for, on Nova's clock
     */
    record Listed(Server server, Instant told) implements Observation {
        @Override
        public String id() {
            return server.id();
        }
    }

    /**
     * A notification.
     *
     * @param server what it tells; the fields that it does not tell do not matter
     * @param tells which fields it tells; a field that it tells to be null is null from now on
     * @param flavor what it tells of the flavor, if it tells that; null if nothing by which it is known again
     * @param at its own time
     */
    record Event(
            Server server, Set<ServerField> tells, @Nullable ToldFlavor flavor, Instant at) implements Observation {
        public Event {
            tells = tells.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(tells));
        }

        /** One that tells no more of the flavor than the server says. */
        public Event(Server server, Set<ServerField> tells, Instant at) {
            this(server, tells, ToldFlavor.of(server.flavor()), at);
        }

        @Override
        public String id() {
            return server.id();
        }
    }

    /**
     * It is gone, by an event or by the API.
     *
     * @param at when that was told, on Nova's clock
     */
    record Deletion(String id, Instant at) implements Observation {}
}
