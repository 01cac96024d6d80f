// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.nova.Server;

/** How an answer about a server is to be taken. */
public final class Records {
    private Records() {}

    /** Whether most of it is missing, as while its cell is down: Nova then tells id, project and creation alone. */
    public static boolean isPartial(Server server) {
        return server.status().equals("UNKNOWN") || (server.updated() == null && server.vmState() == null);
    }

    /**
     * Whether {@code read} tells less than {@code known}: it is older. Not so if what is known is of a later time than Nova's clock
     * shows, because that clock was set back; then the later answer is right.
     */
    static boolean isStale(Server read, Server known, Poll poll) {
        return read.updated() != null
                && known.updated() != null
                && read.updated().isBefore(known.updated())
                && !known.updated().isAfter(poll.at());
    }
}
