// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.api.ServiceTime;
import io.nephometer.openstack.api.ServiceType;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cloud as small as the cache needs it, with what Nova does: changes-since shows deleted servers, a filter by host hides those that
 * left the host, times are whole seconds of a clock of its own. It moves all clocks of a test.
 */
final class FakeCloud implements CloudReader {
    static final String HOST = "compute-3";
    static final Instant START = Instant.parse("2026-11-22T02:00:00Z");

    final List<String> asked = new ArrayList<>();
    final Map<String, Server> servers = new LinkedHashMap<>();
    final Map<String, Flavor> flavors = new LinkedHashMap<>();
    final Map<String, Image> images = new LinkedHashMap<>();
    final List<ServerQuery> queries = new ArrayList<>();

    @Nullable ApiFailure novaFails;

    @Nullable RuntimeException defect;

    @Nullable ApiFailure changesFail;

    @Nullable ApiFailure fullFails;

    @Nullable ApiFailure glanceFails;

    boolean tellsTime = true;

    /** The cell of all servers: lists lack them, and who asks for one is refused. */
    boolean cellDown;

    private Duration elapsed = Duration.ZERO;
    private Duration novaAhead = Duration.ZERO;

    InstantSource clock() {
        return () -> START.plus(elapsed);
    }

    long nanos() {
        return elapsed.toNanos();
    }

    void pass(Duration time) {
        elapsed = elapsed.plus(time);
    }

    void setNovaAhead(Duration ahead) {
        novaAhead = ahead;
    }

    Instant novaNow() {
        return START.plus(elapsed).plus(novaAhead).truncatedTo(ChronoUnit.SECONDS);
    }

    Server boot(String id) {
        Server server = server(id, HOST, "ACTIVE", "active", Map.of("metering.stack", "blue"));
        servers.put(id, server);
        return server;
    }

    Server server(String id, @Nullable String host, String status, String vmState, Map<String, String> metadata) {
        return new Server(
                id,
                "vm-" + id,
                status,
                "project",
                "user",
                "hash",
                host,
                host,
                "vm-" + id,
                "instance-" + id,
                "image-1",
                "flavor-1",
                null,
                vmState,
                null,
                1,
                "nova",
                "r-1",
                null,
                null,
                START,
                novaNow(),
                START,
                null,
                metadata,
                List.of());
    }

    /** With {@code updated} moved, as by nearly everything. */
    void change(String id, Map<String, String> metadata) {
        servers.computeIfPresent(id, (_, old) -> server(id, old.host(), "ACTIVE", "active", metadata));
    }

    /** Without {@code updated} moved, as by the deletion of a metadata key. */
    void changeUnseen(String id, Map<String, String> metadata) {
        servers.computeIfPresent(id, (_, old) -> Servers.with(old, old.updated(), metadata));
    }

    void migrate(String id, String host) {
        servers.computeIfPresent(id, (_, old) -> server(id, host, "ACTIVE", "active", old.metadata()));
    }

    void delete(String id) {
        servers.computeIfPresent(id, (_, old) -> server(id, old.host(), "DELETED", "deleted", Map.of()));
    }

    void update(String id, UnaryOperator<Server> change) {
        servers.computeIfPresent(id, (_, old) -> change.apply(old));
    }

    void addFlavor(String id) {
        flavors.put(id, new Flavor(id, "m1." + id, 1, 512, 1, 0, 0, Map.of()));
    }

    void addImage(String id) {
        images.put(id, new Image(id, "cirros", "active", null, null, null, null, null, 0, 0, null, null, Map.of()));
    }

    @Override
    public Listing servers(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException {
        asked.add(reason.label());
        queries.add(query);
        if (defect != null) {
            throw defect;
        }
        fail(novaFails, ServiceType.COMPUTE);
        fail(query.changedSince() == null ? fullFails : changesFail, ServiceType.COMPUTE);
        List<Server> wanted = servers.values().stream()
                .filter(server -> !cellDown && wants(query, server))
                .toList();
        wanted.forEach(each);
        Instant now = tellsTime ? novaNow() : clock().instant();
        return new Listing(wanted.size(), 1, new ServiceTime(now, tellsTime), 0);
    }

    private static boolean wants(ServerQuery query, Server server) {
        boolean host = query.host() == null || query.host().equals(server.host()) || server.host() == null;
        Instant updated = server.updated();
        if (query.changedSince() == null) {
            return host && !server.isDeleted();
        }
        return host
                && updated != null
                && !updated.isBefore(query.changedSince())
                && (query.changedBefore() == null || !updated.isAfter(query.changedBefore()));
    }

    @Override
    public Optional<Server> server(String id) throws ApiException {
        asked.add("server");
        fail(cellDown ? ApiFailure.SERVER_ERROR : novaFails, ServiceType.COMPUTE);
        return Optional.ofNullable(servers.get(id)).filter(server -> !server.isDeleted());
    }

    @Override
    public Listing flavors(Consumer<Flavor> each) throws ApiException {
        asked.add("flavors");
        fail(novaFails, ServiceType.COMPUTE);
        flavors.values().forEach(each);
        return new Listing(flavors.size(), 1, new ServiceTime(novaNow(), true), 0);
    }

    @Override
    public Optional<Flavor> flavor(String id) throws ApiException {
        asked.add("flavor");
        fail(novaFails, ServiceType.COMPUTE);
        return Optional.ofNullable(flavors.get(id));
    }

    @Override
    public Optional<Image> image(String id) throws ApiException {
        asked.add("image");
        fail(glanceFails, ServiceType.IMAGE);
        return Optional.ofNullable(images.get(id));
    }

    private static void fail(@Nullable ApiFailure failure, ServiceType service) throws ApiException {
        if (failure != null) {
            throw new ApiException(failure, service, "path", 503, null, "as the test wants", null);
        }
    }

    /** What was asked since the last call. */
    List<String> askedSince() {
        List<String> copy = List.copyOf(asked);
        asked.clear();
        return copy;
    }
}
