// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.simulator.api.Paging;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.faults.FaultPlan;
import io.nephometer.simulator.http.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists of servers, page by page. */
final class ServerListing {
    private static final Set<String> KNOWN = Set.of(
            "all_tenants",
            "limit",
            "marker",
            "host",
            "changes-since",
            "changes-before",
            "deleted",
            "status",
            "name",
            "sort_key",
            "sort_dir");
    private static final Set<String> NO_FILTERS = Set.of("all_tenants");

    private final Cloud cloud;
    private final FaultPlan faults;
    private final ServerView view;
    private final String url;

    ServerListing(Cloud cloud, FaultPlan faults, ServerView view, String url) {
        this.cloud = cloud;
        this.faults = faults;
        this.view = view;
        this.url = url;
    }

    Map<String, Object> list(Caller caller, boolean detailed) {
        if (caller.isAtLeast(75)) {
            refuseUnknown(caller.query());
        }
        int limit = PageLimit.of(caller.query());
        ServerFilter filter = new ServerFilter(faults, caller);
        List<Server> page = limit == 0 ? List.of() : page(caller.query(), filter, limit);
        Function<Server, Map<String, @Nullable Object>> show =
                detailed ? server -> view.detailed(server, caller, true) : view::brief;
        Map<String, Object> tree = new LinkedHashMap<>();
        List<Map<String, @Nullable Object>> shown =
                new ArrayList<>(page.stream().map(show).toList());
        shown.addAll(unreachable(caller));
        tree.put("servers", shown);
        if (limit > 0 && page.size() == limit) {
            String next = Paging.next(
                    url + caller.path(), caller.query(), page.getLast().id());
            tree.put("servers_links", List.of(ServerView.link("next", next)));
        }
        return tree;
    }

    private static void refuseUnknown(Query query) {
        for (Query.Parameter parameter : query.parameters()) {
            if (!KNOWN.contains(parameter.name())) {
                throw new RefusedException(
                        400, "Additional properties are not allowed ('" + parameter.name() + "' was unexpected)");
            }
        }
    }

    private List<Server> page(Query query, ServerFilter filter, int limit) {
        Optional<Server> marker = query.last("marker").map(this::marker);
        if (query.has("sort_key") || query.has("sort_dir")) {
            return cloud.ask(rows -> sorted(rows, query, filter, marker, limit));
        }
        Function<Collection<Server>, List<Server>> first =
                rows -> rows.stream().filter(filter).limit(limit).toList();
        return marker.isPresent() ? cloud.askAfter(marker.get(), first) : cloud.ask(first);
    }

    private Server marker(String id) {
        return cloud.server(id).orElseThrow(() -> new RefusedException(400, "marker [" + id + "] not found"));
    }

    private static List<Server> sorted(
            Collection<Server> rows, Query query, ServerFilter filter, Optional<Server> marker, int limit) {
        Comparator<Server> order = order(query);
        return rows.stream()
                .filter(filter)
                .filter(row -> marker.isEmpty() || order.compare(row, marker.get()) > 0)
                .sorted(order)
                .limit(limit)
                .toList();
    }

    private static Comparator<Server> order(Query query) {
        String key = query.last("sort_key").orElse("created_at");
        Comparator<Server> ascending =
                switch (key) {
                    case "created_at" ->
                        Comparator.comparing(server -> server.times().created());
                    case "updated_at" -> Comparator.comparing(ServerListing::updated);
                    case "display_name" -> Comparator.comparing(Server::name);
                    case "uuid" -> Comparator.comparing(Server::id);
                    default ->
                        throw new RefusedException(400, "Sort key " + key + " is not one that the simulator knows");
                };
        boolean up = query.last("sort_dir").orElse("desc").equals("asc");
        return (up ? ascending : ascending.reversed()).thenComparing(Server::id);
    }

    private static Instant updated(Server server) {
        Instant updated = server.times().updated();
        return updated == null ? Instant.MIN : updated;
    }

    /** From 2.69 on a plain list shows what the API's own database knows of those in cells that are down. */
    private List<Map<String, @Nullable Object>> unreachable(Caller caller) {
        boolean plain =
                caller.query().parameters().stream().allMatch(parameter -> NO_FILTERS.contains(parameter.name()));
        if (!plain || !caller.isAtLeast(69)) {
            return List.of();
        }
        boolean all = caller.query().has("all_tenants");
        return cloud.ask(rows -> rows.stream()
                .filter(row -> !row.isDeleted()
                        && row.host() != null
                        && faults.isDown(row.host().cell())
                        && (all || row.project().id().equals(caller.project())))
                .limit(PageLimit.MOST)
                .map(view::unknown)
                .toList());
    }
}
