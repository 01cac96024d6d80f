// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.object;

import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.api.Service;
import io.nephometer.simulator.cloud.Stock;
import io.nephometer.simulator.cloud.StoredContainer;
import io.nephometer.simulator.http.Query;
import io.nephometer.simulator.http.Request;
import io.nephometer.simulator.http.Response;
import io.nephometer.simulator.identity.Session;
import io.nephometer.simulator.identity.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Swift's API v1, as far as agents read it: accounts, of which an administrator sees all. */
public final class Swift implements Service {
    private static final Pattern ACCOUNT = Pattern.compile("/v1/AUTH_([^/]+)");
    private static final int LARGEST_PAGE = 10_000;

    private final Stock stock;
    private final Tokens tokens;

    public Swift(Stock stock, Tokens tokens) {
        this.stock = stock;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "swift";
    }

    @Override
    public String template(Request request) {
        return ACCOUNT.matcher(request.path()).matches() ? "/v1/{account}" : request.path();
    }

    @Override
    public QueryKind kind(Request request) {
        return request.query().has("marker") ? QueryKind.NEXT_PAGE : QueryKind.ITEM;
    }

    @Override
    public Response answer(Request request) {
        Matcher account = ACCOUNT.matcher(request.path());
        if (!account.matches()) {
            return html(404, "Not Found");
        }
        Optional<Session> session = tokens.of(request);
        if (session.isEmpty()) {
            return html(401, "Unauthorized");
        }
        if (!session.get().isAdmin()) {
            return html(403, "Forbidden");
        }
        return stock.account(account.group(1))
                .map(containers -> account(containers, request))
                .orElseGet(() -> html(404, "Not Found"));
    }

    private static Response account(List<StoredContainer> all, Request request) {
        List<Map<String, Object>> page =
                page(all, request.query()).stream().map(Swift::tree).toList();
        Response response = request.method().equals("HEAD") ? Response.text(204, "text/plain", "") : listing(page);
        return response.with("X-Account-Object-Count", sum(all, StoredContainer::objects))
                .with("X-Account-Bytes-Used", sum(all, StoredContainer::bytes))
                .with("X-Account-Container-Count", Integer.toString(all.size()));
    }

    private static Response listing(List<Map<String, Object>> page) {
        return Response.json(200, page).with("Content-Type", "application/json; charset=utf-8");
    }

    private static String sum(List<StoredContainer> all, ToLongFunction<StoredContainer> what) {
        return Long.toString(all.stream().mapToLong(what).sum());
    }

    /** Names in their order, from behind the marker, which need not exist. */
    private static List<StoredContainer> page(List<StoredContainer> all, Query query) {
        String marker = query.last("marker").orElse("");
        int limit = query.last("limit")
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(Integer::parseInt)
                .orElse(LARGEST_PAGE);
        return all.stream()
                .filter(container -> container.name().compareTo(marker) > 0)
                .limit(Math.min(limit, LARGEST_PAGE))
                .toList();
    }

    private static Map<String, Object> tree(StoredContainer container) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", container.name());
        tree.put("count", container.objects());
        tree.put("bytes", container.bytes());
        tree.put("last_modified", "2026-11-22T02:16:54.000000");
        tree.put("storage_policy", "gold");
        return tree;
    }

    private static Response html(int status, String title) {
        return Response.text(status, "text/html; charset=UTF-8", "<html><h1>" + title + "</h1></html>");
    }
}
