// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.network;

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
import org.jspecify.annotations.Nullable;

/** Neutron's API v2.0, as far as agents read it. */
public final class Neutron implements Service {
    private static final int LARGEST_PAGE = 1000;

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
    public Neutron(Stock stock, Tokens tokens, String url, String keystone) {
        this.stock = stock;
        this.tokens = tokens;
        this.url = url;
        this.keystone = keystone;
    }

    @Override
    public String name() {
        return "neutron";
    }

    @Override
    public String template(Request request) {
        return request.path();
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
        return request.path().equals("/v2.0/floatingips")
                ? floatingIps(request, session.get())
                : error(404, "HTTPNotFound", "The resource could not be found.");
    }

    private Response floatingIps(Request request, Session session) {
        List<Holding> seen = stock.all(Holding.Kind.FLOATING_IP).stream()
                .filter(one -> session.isAdmin() || one.owner().project().equals(session.project()))
                .toList();
        Optional<MarkedPage<Holding>> page = MarkedPage.of(seen, Holding::id, request.query(), LARGEST_PAGE);
        if (page.isEmpty()) {
            return error(400, "MarkerNotFound", "The marker names nothing.");
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("floatingips", page.get().entries().stream().map(Neutron::tree).toList());
        page.get().next().ifPresent(marker -> {
            String next = Paging.next(url + request.path(), request.query(), marker);
            tree.put("floatingips_links", List.of(Map.of("href", next, "rel", "next")));
        });
        return Response.json(200, tree);
    }

    private static Map<String, @Nullable Object> tree(Holding one) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        boolean isUsed = one.status().equals("ACTIVE");
        tree.put("id", one.id());
        tree.put("tenant_id", one.owner().project().id());
        tree.put("project_id", one.owner().project().id());
        tree.put("floating_ip_address", "198.18." + one.number() / 250 + "." + (1 + one.number() % 250));
        tree.put("floating_network_id", "00000000-0000-4000-8000-0000000000f0");
        tree.put("router_id", isUsed ? "00000000-0000-4000-8000-0000000000f1" : null);
        tree.put("port_id", isUsed ? one.id().replace('0', '2') : null);
        tree.put("fixed_ip_address", isUsed ? "10.0.0." + (1 + one.number() % 250) : null);
        tree.put("status", one.status());
        tree.put("description", "");
        tree.put("created_at", one.created().toString());
        tree.put("updated_at", one.updated().toString());
        return tree;
    }

    private static Response error(int status, String type, String message) {
        return Response.json(status, Map.of("NeutronError", Map.of("type", type, "message", message, "detail", "")));
    }
}
