// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.api.Service;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.faults.FaultPlan;
import io.nephometer.simulator.http.Request;
import io.nephometer.simulator.http.Response;
import io.nephometer.simulator.identity.Refusal;
import io.nephometer.simulator.identity.Session;
import io.nephometer.simulator.identity.Tokens;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nova's API v2.1, as far as agents read it; nothing can be changed through it. */
public final class Nova implements Service {
    private static final Pattern SERVER = Pattern.compile("/v2\\.1/servers/([^/]+)");
    private static final Pattern FLAVOR = Pattern.compile("/v2\\.1/flavors/([^/]+)");
    private static final Pattern EXTRA_SPECS = Pattern.compile("/v2\\.1/flavors/([^/]+)/os-extra_specs");
    private static final Set<String> CELL_LISTS = Set.of(
            "/v2.1/servers",
            "/v2.1/servers/detail",
            "/v2.1/os-services",
            "/v2.1/os-hypervisors",
            "/v2.1/os-hypervisors/detail");
    private static final String COMPUTE = "compute ";

    private final Cloud cloud;
    private final FaultPlan faults;
    private final Tokens tokens;
    private final NovaVersions versions;
    private final String keystone;
    private final ServerView view;
    private final ServerListing servers;
    private final FlavorListing flavors;
    private final HypervisorListing hypervisors;

    /**
     * Makes the service.
     *
     * @param url its own, without a path
     * @param keystone that of Keystone
     */
    public Nova(Cloud cloud, FaultPlan faults, Tokens tokens, String url, String keystone) {
        this.cloud = cloud;
        this.faults = faults;
        this.tokens = tokens;
        this.keystone = keystone;
        versions = new NovaVersions(url);
        view = new ServerView(cloud.ids(), cloud::now, url);
        servers = new ServerListing(cloud, faults, view, url);
        flavors = new FlavorListing(cloud, url);
        hypervisors = new HypervisorListing(cloud, faults, cloud::now, url);
    }

    @Override
    public String name() {
        return "nova";
    }

    @Override
    public String template(Request request) {
        String path = request.path();
        if (isList(path)) {
            return path;
        }
        return EXTRA_SPECS.matcher(path).matches()
                ? "/v2.1/flavors/{id}/os-extra_specs"
                : SERVER.matcher(path).matches()
                        ? "/v2.1/servers/{id}"
                        : FLAVOR.matcher(path).matches() ? "/v2.1/flavors/{id}" : path;
    }

    private static boolean isList(String path) {
        return path.endsWith("/detail");
    }

    @Override
    public QueryKind kind(Request request) {
        String template = template(request);
        if (template.equals("/") || template.equals("/v2.1") || template.equals("/v2.1/")) {
            return QueryKind.VERSION;
        }
        if (template.contains("{id}")) {
            return QueryKind.ITEM;
        }
        if (request.query().has("marker")) {
            return QueryKind.NEXT_PAGE;
        }
        boolean changes =
                request.query().has("changes-since") || request.query().has("changes-before");
        return changes ? QueryKind.DELTA : QueryKind.FULL;
    }

    /** Lists ask all cells; one server is asked of its own. */
    @Override
    public Duration delay(Request request) {
        Matcher one = SERVER.matcher(request.path());
        boolean waits = CELL_LISTS.contains(request.path())
                || (one.matches()
                        && !isList(request.path())
                        && cloud.server(one.group(1)).filter(this::isOutOfReach).isPresent());
        return waits ? faults.cellWait() : Duration.ZERO;
    }

    private boolean isOutOfReach(Server server) {
        return server.host() != null && faults.isDown(server.host().cell());
    }

    @Override
    public Response answer(Request request) {
        if (request.path().equals("/")) {
            return Response.json(200, versions.all());
        }
        String asked = asked(request);
        try {
            Microversion version = Microversion.parse(asked);
            return versioned(authorized(request, version), version.toString());
        } catch (RefusedException refused) {
            return versioned(refused.response(), asked);
        }
    }

    /** Either header says the microversion; the newer one goes first. */
    private static String asked(Request request) {
        return request.header("OpenStack-API-Version")
                .filter(value -> value.startsWith(COMPUTE))
                .map(value -> value.substring(COMPUTE.length()).strip())
                .or(() -> request.header("X-OpenStack-Nova-API-Version"))
                .orElse(Microversion.FIRST.toString());
    }

    private static Response versioned(Response response, String version) {
        if (response.status() == 401) {
            return response;
        }
        return response.with("OpenStack-API-Version", COMPUTE + version)
                .with("X-OpenStack-Nova-API-Version", version)
                .with("Vary", "OpenStack-API-Version, X-OpenStack-Nova-API-Version");
    }

    private Response authorized(Request request, Microversion version) {
        Optional<Session> session = tokens.of(request);
        if (request.path().equals("/v2.1") || request.path().equals("/v2.1/")) {
            return Response.json(200, versions.one());
        }
        if (session.isEmpty()) {
            return Refusal.unauthorized(keystone);
        }
        if (!request.method().equals("GET")) {
            throw new RefusedException(405, "The simulated Nova can only be read.");
        }
        return Response.json(200, tree(Caller.of(session.get(), version, request.path(), request.query())));
    }

    private Map<String, ?> tree(Caller caller) {
        return switch (caller.path()) {
            case "/v2.1/servers" -> servers.list(caller, false);
            case "/v2.1/servers/detail" -> servers.list(caller, true);
            case "/v2.1/flavors" -> flavors.list(caller, false);
            case "/v2.1/flavors/detail" -> flavors.list(caller, true);
            case "/v2.1/os-hypervisors" -> hypervisors.hypervisors(admin(caller, "os-hypervisors:list"), false);
            case "/v2.1/os-hypervisors/detail" ->
                hypervisors.hypervisors(admin(caller, "os-hypervisors:list-detail"), true);
            case "/v2.1/os-services" -> hypervisors.services(admin(caller, "os-services:list"));
            default -> item(caller);
        };
    }

    private static Caller admin(Caller caller, String rule) {
        if (!caller.isAdmin()) {
            throw new RefusedException(403, "Policy doesn't allow os_compute_api:" + rule + " to be performed.");
        }
        return caller;
    }

    private Map<String, ?> item(Caller caller) {
        Matcher specs = EXTRA_SPECS.matcher(caller.path());
        if (specs.matches()) {
            return flavors.extraSpecs(specs.group(1));
        }
        Matcher flavor = FLAVOR.matcher(caller.path());
        if (flavor.matches()) {
            return flavors.one(flavor.group(1), caller);
        }
        Matcher server = SERVER.matcher(caller.path());
        if (server.matches()) {
            return server(server.group(1), caller);
        }
        throw new RefusedException(404, "The resource could not be found.");
    }

    private Map<String, ?> server(String id, Caller caller) {
        Server server = cloud.server(id)
                .filter(found -> !found.isDeleted())
                .filter(found -> caller.isAdmin() || found.project().id().equals(caller.project()))
                .orElseThrow(() -> new RefusedException(404, "Instance " + id + " could not be found."));
        if (isOutOfReach(server)) {
            if (!caller.isAtLeast(69)) {
                throw new RefusedException(500, "Unexpected API Error: the cell of the server cannot be reached.");
            }
            return Map.of("server", view.unknown(server));
        }
        return Map.of("server", view.detailed(server, caller, false));
    }
}
