// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.block;

import io.nephometer.simulator.api.MarkedPage;
import io.nephometer.simulator.api.Paging;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.api.Service;
import io.nephometer.simulator.cloud.Holding;
import io.nephometer.simulator.cloud.Stock;
import io.nephometer.simulator.http.Request;
import io.nephometer.simulator.http.Response;
import io.nephometer.simulator.identity.Refusal;
import io.nephometer.simulator.identity.Session;
import io.nephometer.simulator.identity.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cinder's API v3, as far as agents read it. */
public final class Cinder implements Service {
    private static final Pattern PROJECT = Pattern.compile("^/v3/([0-9a-f]{32}/)?");
    private static final int LARGEST_PAGE = 1000;
    private static final String NEWEST = "3.70";

    private final Stock stock;
    private final Tokens tokens;
    private final String url;
    private final String keystone;

    /**
     * Makes the service.
     *
     * @param url its own, without a path
     * @param keystone that of Keystone
     */
    public Cinder(Stock stock, Tokens tokens, String url, String keystone) {
        this.stock = stock;
        this.tokens = tokens;
        this.url = url;
        this.keystone = keystone;
    }

    @Override
    public String name() {
        return "cinder";
    }

    @Override
    public String template(Request request) {
        return PROJECT.matcher(request.path()).replaceFirst("/v3/{project}/");
    }

    @Override
    public QueryKind kind(Request request) {
        return request.query().has("marker") ? QueryKind.NEXT_PAGE : QueryKind.FULL;
    }

    @Override
    public Response answer(Request request) {
        Optional<Session> session = tokens.of(request);
        if (session.isEmpty()) {
            return Refusal.unauthorized(keystone);
        }
        if (newerThanKnown(request)) {
            return error(406, "computeFault", "Version is not supported by the API. Minimum is 3.0, maximum " + NEWEST);
        }
        return switch (template(request)) {
            case "/v3/{project}/volumes/detail" -> list("volumes", Holding.Kind.VOLUME, request, session.get());
            case "/v3/{project}/snapshots/detail" -> list("snapshots", Holding.Kind.SNAPSHOT, request, session.get());
            case "/v3/{project}/backups/detail" -> list("backups", Holding.Kind.BACKUP, request, session.get());
            case "/v3/{project}/scheduler-stats/get_pools" -> ofOperator("pools", pools(request), session.get());
            case "/v3/{project}/os-services" -> ofOperator("services", services(), session.get());
            default -> error(404, "itemNotFound", "The resource could not be found.");
        };
    }

    private static boolean newerThanKnown(Request request) {
        return request.header("OpenStack-API-Version")
                .filter(text -> text.matches("volume 3\\.\\d{1,4}"))
                .map(text -> Integer.parseInt(text.substring("volume 3.".length())))
                .filter(minor -> minor > 70)
                .isPresent();
    }

    private Response list(String collection, Holding.Kind kind, Request request, Session session) {
        boolean all = session.isAdmin() && request.query().last("all_tenants").isPresent();
        List<Holding> seen = stock.all(kind).stream()
                .filter(one -> all || one.owner().project().equals(session.project()))
                .toList();
        Optional<MarkedPage<Holding>> page = MarkedPage.of(seen, Holding::id, request.query(), LARGEST_PAGE);
        if (page.isEmpty()) {
            return error(
                    400,
                    "badRequest",
                    "marker not found: " + request.query().last("marker").orElse(""));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(collection, page.get().entries().stream().map(BlockView::tree).toList());
        page.get().next().ifPresent(marker -> {
            String next = Paging.next(url + request.path(), request.query(), marker);
            tree.put(collection + "_links", List.of(Map.of("rel", "next", "href", next)));
        });
        return Response.json(200, tree);
    }

    private static Response ofOperator(String collection, List<?> entries, Session session) {
        return session.isAdmin()
                ? Response.json(200, Map.of(collection, entries))
                : error(403, "forbidden", "Policy doesn't allow it to be performed.");
    }

    private List<?> pools(Request request) {
        boolean detail =
                request.query().last("detail").filter("true"::equalsIgnoreCase).isPresent();
        return stock.pools().stream()
                .map(pool -> detail ? BlockView.pool(pool) : Map.of("name", pool.host()))
                .toList();
    }

    private List<?> services() {
        return stock.services().entrySet().stream()
                .map(entry -> BlockView.service(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Response error(int status, String kind, String message) {
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("code", status);
        fault.put("message", message);
        return Response.json(status, Map.of(kind, fault));
    }
}
