// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.identity;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.api.Service;
import io.nephometer.simulator.cloud.Directory;
import io.nephometer.simulator.cloud.Ids;
import io.nephometer.simulator.cloud.Project;
import io.nephometer.simulator.cloud.User;
import io.nephometer.simulator.http.Request;
import io.nephometer.simulator.http.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keystone's API v3, as far as agents need it. */
public final class Keystone implements Service {
    private static final String TOKENS = "/v3/auth/tokens";

    private final Directory directory;
    private final Tokens tokens;
    private final Login login;
    private final TokenView view;
    private final ServiceUrls urls;
    private final Catalog catalog;
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();

    /** Makes the service. */
    public Keystone(Directory directory, Ids ids, Tokens tokens, String password, String region, ServiceUrls urls) {
        this.directory = directory;
        this.tokens = tokens;
        this.urls = urls;
        login = new Login(directory, ids, password, tokens);
        catalog = new Catalog(ids, region, urls);
        view = new TokenView(ids, catalog);
    }

    /** The application credential of a user, bound to its project. */
    public Credential credential(User user) {
        return login.credential(user);
    }

    /** Tokens of from now on name another public endpoint of Nova, which listens where it did. */
    public void publishNova(String url) {
        catalog.publishNova(url);
    }

    /** Lets projects be listed as disabled; their tokens stay. */
    public void disable(Project project) {
        disabled.add(project.id());
    }

    @Override
    public String name() {
        return "keystone";
    }

    @Override
    public String template(Request request) {
        return request.path();
    }

    @Override
    public QueryKind kind(Request request) {
        return switch (request.path()) {
            case TOKENS -> QueryKind.TOKEN;
            case "/", "/v3", "/v3/" -> QueryKind.VERSION;
            default -> QueryKind.OTHER;
        };
    }

    @Override
    public Response answer(Request request) {
        Response response =
                switch (request.method() + " " + request.path()) {
                    case "GET /" -> versions();
                    case "GET /v3", "GET /v3/" -> Response.json(200, Map.of("version", version()));
                    case "POST " + TOKENS -> enter(request);
                    default -> withToken(request);
                };
        return response.with("Vary", "X-Auth-Token");
    }

    private Response versions() {
        return Response.json(300, Map.of("versions", Map.of("values", List.of(version()))))
                .with("Location", urls.keystone() + "/v3/");
    }

    private Map<String, Object> version() {
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("id", "v3.14");
        version.put("status", "stable");
        version.put("updated", "2020-04-07T00:00:00Z");
        version.put("links", List.of(Map.of("rel", "self", "href", urls.keystone() + "/v3/")));
        version.put(
                "media-types",
                List.of(Map.of("base", "application/json", "type", "application/vnd.openstack.identity-v3+json")));
        return version;
    }

    private Response enter(Request request) {
        Object body = parsed(request.body());
        if (!(body instanceof Map<?, ?> tree) || !(tree.get("auth") instanceof Map<?, ?> auth)) {
            return Refusal.error(400, "Bad Request", "Expecting to find valid JSON with the member auth.");
        }
        Optional<String> token = login.enter(auth);
        if (token.isEmpty()) {
            return unauthorized();
        }
        return show(201, token.get(), request);
    }

    private static @Nullable Object parsed(String body) {
        try {
            return Json.parse(body);
        } catch (JsonException e) {
            return null;
        }
    }

    private Response withToken(Request request) {
        Optional<Session> session = tokens.of(request);
        if (session.isEmpty()) {
            return unauthorized();
        }
        return switch (request.method() + " " + request.path()) {
            case "GET " + TOKENS -> show(200, subject(request), request);
            case "DELETE " + TOKENS ->
                tokens.revoke(subject(request)) ? new Response(204, Map.of(), "") : notFound("token");
            case "GET /v3/auth/catalog" -> catalogue(session.get());
            case "GET /v3/projects" -> Response.json(200, list("projects", projects(request)));
            case "GET /v3/domains" -> Response.json(200, list("domains", domains()));
            case "GET /v3/users" -> Response.json(200, list("users", users()));
            default -> notFound(request.path());
        };
    }

    private Response catalogue(Session session) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("catalog", catalog.tree(session.project()));
        tree.put("links", Map.of("self", urls.keystone() + "/v3/auth/catalog"));
        return Response.json(200, tree);
    }

    private static String subject(Request request) {
        return request.header("X-Subject-Token").orElse("");
    }

    private Response show(int status, String token, Request request) {
        boolean withCatalog = !request.query().has("nocatalog");
        return tokens.find(token)
                .map(session -> Response.json(status, Map.of("token", view.tree(session, withCatalog)))
                        .with("X-Subject-Token", token))
                .orElseGet(() -> notFound("token"));
    }

    private static Response notFound(String what) {
        return Refusal.error(404, "Not Found", "Could not find: " + what + ".");
    }

    private Response unauthorized() {
        return Refusal.unauthorized(urls.keystone() + "/v3");
    }

    private Map<String, Object> list(String name, List<Map<String, @Nullable Object>> rows) {
        Map<String, @Nullable Object> links = new LinkedHashMap<>();
        links.put("next", null);
        links.put("self", urls.keystone() + "/v3/" + name);
        links.put("previous", null);
        Map<String, Object> list = new LinkedHashMap<>();
        list.put(name, rows);
        list.put("links", links);
        return list;
    }

    private List<Map<String, @Nullable Object>> projects(Request request) {
        boolean wantsDisabled = !request.query()
                .last("enabled")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (User user : directory.users()) {
            Project project = user.project();
            boolean isEnabled = !disabled.contains(project.id());
            if (!isEnabled && !wantsDisabled) {
                continue;
            }
            Map<String, @Nullable Object> row = row("projects", project.id(), project.name());
            row.put("enabled", isEnabled);
            row.put("description", "");
            row.put("parent_id", "default");
            row.put("is_domain", false);
            row.put("tags", List.of());
            rows.add(row);
        }
        return rows;
    }

    /** The one that there is, enabled. */
    private List<Map<String, @Nullable Object>> domains() {
        Map<String, @Nullable Object> row = row("domains", "default", "Default");
        row.remove("domain_id");
        row.put("description", "The default domain");
        row.put("tags", List.of());
        return List.of(row);
    }

    private List<Map<String, @Nullable Object>> users() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (User user : directory.users()) {
            Map<String, @Nullable Object> row = row("users", user.id(), user.name());
            row.put("password_expires_at", null);
            rows.add(row);
        }
        return rows;
    }

    private Map<String, @Nullable Object> row(String kind, String id, String name) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("name", name);
        row.put("domain_id", "default");
        row.put("enabled", true);
        row.put("options", Map.of());
        row.put("links", Map.of("self", urls.keystone() + "/v3/" + kind + "/" + id));
        return row;
    }
}
