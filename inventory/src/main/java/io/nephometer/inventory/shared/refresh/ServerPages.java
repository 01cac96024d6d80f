// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.NotBelievedException;
import io.nephometer.inventory.cache.Records;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ListPage;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of servers, page by page, with any time in between. The server behind which the next page begins may be gone by then: one
 * that stands before it will do, since a page that begins too early only repeats. Not thread-safe.
 */
final class ServerPages {
    /** So many servers of a page are tried as the one behind which the next begins. */
    private static final int MARKERS = 4;

    private final ServerQuery query;
    private final Reason reason;
    private final int most;

    /** When the page of each was asked for, on Nova's clock. */
    private final Map<String, Instant> told = new HashMap<>();

    /** The last ones of the last page, the last first; empty before the first page. */
    private List<String> markers = List.of();

    private boolean ended;

    /**
     * A list of which nothing is read yet.
     *
     * @param most more servers than these are not believed
     */
    ServerPages(ServerQuery query, Reason reason, int most) {
        this.query = query;
        this.reason = reason;
        this.most = most;
    }

    /** The next page; empty after the last. It comes again until it is {@link #done}. */
    Optional<ServerPage> next(CountedCloud cloud) throws ApiException, NotBelievedException {
        if (ended) {
            return Optional.empty();
        }
        List<Server> servers = new ArrayList<>();
        ListPage page = read(cloud, servers);
        checkHosts(servers);
        checkProgress(servers);
        return Optional.of(
                new ServerPage(servers, page.asOf().instant(), page.asOf().ofService(), page.more()));
    }

    /** The page is where it belongs: the next one is that behind it. Until then it comes again. */
    void done(ServerPage page) throws NotBelievedException {
        page.servers().forEach(server -> told.put(server.id(), page.told()));
        checkSize();
        markers = lastOf(page.servers());
        ended = !page.more() || page.servers().isEmpty();
    }

    private ListPage read(CountedCloud cloud, List<Server> into) throws ApiException {
        if (markers.isEmpty()) {
            return cloud.page(query, reason, into::add);
        }
        for (int i = 0; ; i++) {
            try {
                return cloud.page(query.after(markers.get(i)), reason, into::add);
            } catch (ApiException e) {
                if (e.failure() != ApiFailure.REFUSED_QUERY || i + 1 == markers.size()) {
                    throw e;
                }
            }
        }
    }

    /** Those of a cell that is down come out of order, and Nova takes none of them to begin behind. */
    private static List<String> lastOf(List<Server> servers) {
        List<String> ordered = servers.stream()
                .filter(server -> !Records.isPartial(server))
                .map(Server::id)
                .toList();
        return ordered.reversed().stream().limit(MARKERS).toList();
    }

    private void checkProgress(List<Server> servers) throws NotBelievedException {
        if (!servers.isEmpty() && servers.stream().allMatch(server -> told.containsKey(server.id()))) {
            throw new NotBelievedException("Nova answered the question for a further page of servers with one that it"
                    + " had given before; what was read so far is not the list (is there a cache before Nova?)");
        }
    }

    /** For anybody but an administrator Nova does not tell hosts. */
    private static void checkHosts(List<Server> servers) throws NotBelievedException {
        for (Server server : servers) {
            if (server.status().equals("ACTIVE") && server.host() == null && server.instanceName() == null) {
                throw new NotBelievedException("Nova does not tell on which host " + server.id()
                        + " is; give the user the role admin, or the policy os-extended-server-attributes");
            }
        }
    }

    private void checkSize() throws NotBelievedException {
        if (told.size() > most) {
            throw new NotBelievedException("Nova lists more than " + most
                    + " servers; if the cloud really has as many, raise the bound of instances");
        }
    }

    /** When each server that was read so far was told, by id. */
    Map<String, Instant> told() {
        return told;
    }

    boolean hasEnded() {
        return ended;
    }
}
