// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.nova.Server;
import java.util.List;

/**
 * Whether servers that Nova no longer lists for a host have left it. Nova leaves those of a cell that it does not reach out of a list
 * silently; asked for one of them by its id, it fails or tells next to nothing, but does not say that there is none.
 */
final class Departures {
    /** Asked for, of all that are missing. */
    private static final int SAMPLE = 5;

    private final String host;

    Departures(String host) {
        this.host = host;
    }

    /** Nova says so of some of them, spread over all. The first of which it does not ends the questions. */
    boolean areGone(CloudReader cloud, List<Server> missing) {
        int asked = Math.min(SAMPLE, missing.size());
        for (int i = 0; i < asked; i++) {
            if (!isGone(cloud, missing.get(i * missing.size() / asked).id())) {
                return false;
            }
        }
        return true;
    }

    private boolean isGone(CloudReader cloud, String id) {
        try {
            return cloud.server(id).map(this::isElsewhere).orElse(true);
        } catch (ApiException _) {
            return false;
        }
    }

    private boolean isElsewhere(Server server) {
        return server.isDeleted() || (!Records.isPartial(server) && !host.equals(server.host()));
    }
}
