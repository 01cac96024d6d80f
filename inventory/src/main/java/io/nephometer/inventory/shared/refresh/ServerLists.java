// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ListPage;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.nova.NovaClient;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Where a refresher reads servers: Nova's API, or whatever tells the same in the same form. Used by one thread. */
public interface ServerLists {
    /** One page, see {@link NovaClient#page}. The time it tells is the service's own, and the page lacks nothing that is older. */
    ListPage page(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException;

    /** One server; empty if there is none of that id, deleted ones included. */
    Optional<Server> server(String id, Reason reason) throws ApiException;

    /** What is not reached now, by name; lists leave it out silently. Empty if nobody says. */
    Optional<Set<String>> unreached(Reason reason) throws ApiException;

    /**
     * What the list of everything that was read last left out, by name, without a sign in the list itself. Nova's API gives the servers of a
     * cell that it does not reach by their id alone, which is such a sign.
     */
    Set<String> leftOut();

    /** Whether each question is a request to Nova's API. */
    boolean asksNova();

    /** Nova's API. */
    static ServerLists of(NovaClient nova) {
        return new ServerLists() {
            @Override
            public ListPage page(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException {
                return nova.page(query, reason, each);
            }

            @Override
            public Optional<Server> server(String id, Reason reason) throws ApiException {
                return nova.server(id, reason);
            }

            @Override
            public Optional<Set<String>> unreached(Reason reason) throws ApiException {
                return nova.unreachedHosts(reason);
            }

            @Override
            public Set<String> leftOut() {
                return Set.of();
            }

            @Override
            public boolean asksNova() {
                return true;
            }
        };
    }
}
