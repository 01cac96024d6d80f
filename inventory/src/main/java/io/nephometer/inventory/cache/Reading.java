// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of servers that was read to its end and can be believed.
 *
 * @param servers each once, as it was handed over last
 * @param poll when Nova told it
 */
record Reading(List<Server> servers, Poll poll) {
    Reading {
        servers = List.copyOf(servers);
    }

    /**
     * Reads a list of the servers of one host.
     *
     * @param most more than these are not believed
     * @param now of our ticker
     */
    static Reading of(CloudReader cloud, ServerQuery query, Reason reason, int most, long now)
            throws ApiException, NotBelievedException {
        Map<String, Server> read = new LinkedHashMap<>();
        Listing listing = cloud.servers(query, reason, server -> {
            if (read.size() <= most) {
                read.put(server.id(), server);
            }
        });
        if (read.size() > most) {
            throw new NotBelievedException("Nova lists more than " + most + " servers for host " + query.host()
                    + "; if the host really has as many, raise the bound of instances");
        }
        for (Server server : read.values()) {
            checkHost(server, query);
        }
        return new Reading(List.copyOf(read.values()), Poll.of(listing.asOf(), now));
    }

    /** For anybody but an administrator Nova ignores the filter by host silently, and does not tell hosts. */
    private static void checkHost(Server server, ServerQuery query) throws NotBelievedException {
        boolean other = server.host() == null
                ? !Records.isPartial(server)
                : !server.host().equals(query.host());
        if (other) {
            throw new NotBelievedException("asked for the servers of host " + query.host() + ", Nova answered with "
                    + server.id() + " of "
                    + (server.host() == null ? "a host that it does not tell" : "host " + server.host())
                    + "; give the user the role admin, or the policies for other projects' servers, the filter by"
                    + " host and os-extended-server-attributes");
        }
    }
}
