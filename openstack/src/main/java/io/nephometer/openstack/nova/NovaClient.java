// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.JsonCursor;
import io.nephometer.openstack.api.ListPage;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.keystone.PageReader;
import io.nephometer.openstack.keystone.ServiceClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Nova, with the newest microversion that both sides know. Lists are handed over entry by entry while they arrive;
 * whoever takes them must discard what he got if the call fails. An entry may be handed over twice (a list that was begun again, a
 * server that changed between two pages): the later one counts. Thread-safe.
 */
public final class NovaClient {
    private static final Microversion CLOSED_WINDOWS = new Microversion(2, 66);
    private static final Microversion DOWN_CELLS = new Microversion(2, 69);
    private static final Microversion EXTRA_SPECS = new Microversion(2, 61);

    /** From 2.88 on hypervisors no longer say their capacity. */
    private static final Microversion LAST_WITH_CAPACITY = new Microversion(2, 87);

    private final ServiceClient service;
    private final MicroversionChoice microversions;

    /** Asks nothing yet. */
    public NovaClient(ServiceClient service) {
        this.service = service;
        this.microversions = new MicroversionChoice(service);
    }

    /** The microversion in use. Asks Nova the first time. */
    public Microversion microversion() throws ApiException {
        return microversions.upTo(MicroversionChoice.NEWEST);
    }

    /** Takes the microversion that the same Nova told somebody else: then it is not asked for it, unless it refuses that. */
    public void assume(Microversion told) {
        microversions.assume(told);
    }

    /** The microversion in use; null if Nova was not asked yet. Asks nothing. */
    public @Nullable Microversion knownMicroversion() {
        return microversions.known();
    }

    /** Hands over every server that the query wants. */
    public Listing servers(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException {
        return microversions.ask(
                version -> service.list(request(query, reason, version), reader(query, version, each)));
    }

    /**
     * Hands over one page of the servers that the query wants. The next page begins behind the last of them
     * ({@link ServerQuery#after}), at any later time.
     */
    public ListPage page(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException {
        return microversions.ask(
                version -> service.page(request(query, reason, version), reader(query, version, each)));
    }

    /** A Nova that does not close windows itself has them closed here. */
    private static PageReader reader(ServerQuery query, Microversion version, Consumer<Server> each) {
        @Nullable Instant before = version.isAtLeast(CLOSED_WINDOWS) ? null : query.changedBefore();
        return PageReader.withLinks("servers", json -> {
            Server server = ServerReader.read(json);
            if (before == null || server.updated() == null || !server.updated().isAfter(before)) {
                each.accept(server);
            }
        });
    }

    private static ApiRequest request(ServerQuery query, Reason reason, Microversion version) {
        return versioned(request(query, reason, version.isAtLeast(CLOSED_WINDOWS)), version);
    }

    private static ApiRequest request(ServerQuery query, Reason reason, boolean closedWindows) {
        return ApiRequest.of("servers/detail", reason)
                .with("all_tenants", query.allProjects() ? "1" : null)
                .with("host", query.host())
                .with("changes-since", seconds(query.changedSince()))
                .with("changes-before", closedWindows ? seconds(query.changedBefore()) : null)
                .with("deleted", query.deleted() == null ? null : query.deleted() ? "True" : "False")
                .with("status", query.status())
                .with("project_id", query.projectId())
                .with("limit", query.pageSize())
                .with("marker", query.after());
    }

    private static @Nullable Instant seconds(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /** One server; empty if Nova has none of that id, deleted ones included. */
    public Optional<Server> server(String id, Reason reason) throws ApiException {
        return microversions.ask(version -> service.find(
                versioned(ApiRequest.ofOne("servers", id, reason), version),
                root -> root.field("server", ServerReader::read)));
    }

    /** Hands over every flavor, private ones included (for which Nova wants an administrator). */
    public Listing flavors(Reason reason, Consumer<Flavor> each) throws ApiException {
        return microversions.ask(version -> service.list(
                versioned(ApiRequest.of("flavors/detail", reason).with("is_public", "None"), version),
                PageReader.withLinks("flavors", json -> each.accept(flavor(json)))));
    }

    /** One flavor; empty if Nova has none of that id. Without extra specs if the microversion in use is below 2.61. */
    public Optional<Flavor> flavor(String id, Reason reason) throws ApiException {
        return microversions.ask(version -> service.find(
                versioned(ApiRequest.ofOne("flavors", id, reason), version),
                root -> root.field("flavor", NovaClient::flavor)));
    }

    /**
     * Hosts whose cell Nova does not reach now. Lists of servers that are filtered, or have more than a page, leave theirs out silently.
     *
     * @return empty if Nova is too old to say: before microversion 2.69
     * @see <a href="https://docs.openstack.org/api-guide/compute/down_cells.html">Handling Down Cells</a>
     */
    public Optional<Set<String>> unreachedHosts(Reason reason) throws ApiException {
        return microversions.ask(version -> {
            if (!version.isAtLeast(DOWN_CELLS)) {
                return Optional.empty();
            }
            Set<String> hosts = new TreeSet<>();
            service.list(
                    versioned(ApiRequest.of("os-services", reason).with("binary", "nova-compute"), version),
                    PageReader.withLinks("services", json -> addUnreached(json, hosts)));
            return Optional.of(hosts);
        });
    }

    private static void addUnreached(JsonCursor json, Set<String> hosts) throws AnswerException {
        Map<String, String> service = new HashMap<>();
        json.fields(field -> {
            switch (field) {
                case "host", "status" -> service.put(field, json.text());
                default -> {}
            }
        });
        if ("UNKNOWN".equals(service.get("status"))) {
            hosts.add(service.getOrDefault("host", ""));
        }
    }

    /** By what this Nova is known, whoever asks: the place of its public endpoint, and its region. Asks Keystone at most. */
    public String identity() throws ApiException {
        return service.identity();
    }

    /** The same by a token that is asked for now. */
    public String identityNow() throws ApiException {
        return service.identityNow();
    }

    /** Whether flavors that are read by their id tell their extra specs. Asks Nova the first time. */
    public boolean tellsExtraSpecs() throws ApiException {
        return microversion().isAtLeast(EXTRA_SPECS);
    }

    /** Hands over every hypervisor, with its capacity and use. */
    public Listing hypervisors(Reason reason, Consumer<Hypervisor> each) throws ApiException {
        return service.list(
                versioned(ApiRequest.of("os-hypervisors/detail", reason), microversions.upTo(LAST_WITH_CAPACITY)),
                PageReader.withLinks("hypervisors", json -> each.accept(HypervisorReader.read(json))));
    }

    private static ApiRequest versioned(ApiRequest request, Microversion version) {
        return request.withHeader("OpenStack-API-Version", "compute " + version)
                .withHeader("X-OpenStack-Nova-API-Version", version.toString());
    }

    private static Flavor flavor(JsonCursor json) throws AnswerException {
        FlavorReader reader = new FlavorReader(json);
        json.fields(reader::field);
        return reader.flavor();
    }
}
