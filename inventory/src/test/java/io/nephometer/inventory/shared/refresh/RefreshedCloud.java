// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.HostView;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecordBody;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A simulated cloud over HTTP, a shared cache, as many refreshers as wanted, and all clocks there. */
final class RefreshedCloud implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration TURN = Duration.ofSeconds(5);

    private final SimulatedClock clock = new SimulatedClock(START);
    private final Ticker ticker = () -> Duration.between(START, clock.instant()).toNanos();
    private final List<OpenStackCloud> clients = new ArrayList<>();
    private final SimulatedCloud cloud;
    private final InProcessSharedCache memory = new InProcessSharedCache(clock);
    private final SharedCache cache;

    private ApiSettings settings = ApiSettings.defaults();

    /** Called with the time that a slow answer takes; time has passed by then. */
    private Consumer<Duration> whileSlow = _ -> {};

    RefreshedCloud(int hosts, int instancesPerHost) throws IOException {
        this(hosts, instancesPerHost, LifeRates.none(), options -> options);
    }

    /** With a cache that has a clock of its own. */
    RefreshedCloud(int hosts, int instancesPerHost, SharedCache other) throws IOException {
        this(hosts, instancesPerHost, LifeRates.none(), options -> options, other);
    }

    RefreshedCloud(int hosts, int instancesPerHost, LifeRates rates, UnaryOperator<SimulatedCloudOptions> more)
            throws IOException {
        this(hosts, instancesPerHost, rates, more, null);
    }

    /**
     * A cloud that lives.
     *
     * @param other a cache with a clock of its own, closed by whoever made it; null for one in this process
     */
    private RefreshedCloud(
            int hosts,
            int instancesPerHost,
            LifeRates rates,
            UnaryOperator<SimulatedCloudOptions> more,
            @Nullable SharedCache other)
            throws IOException {
        cache = other == null ? memory : other;
        cloud = new SimulatedCloud(
                more.apply(
                        SimulatedCloudOptions.of(clock, hosts, instancesPerHost).withRates(rates)),
                time -> {
                    clock.advance(time);
                    whileSlow.accept(time);
                });
        cloud.start();
    }

    GlobalRefresher refresher(String name) throws ConfigException {
        return refresher(name, RefresherOptions.DEFAULTS, (_, _) -> () -> {});
    }

    /** One that reaches the cache only through what stands before it. */
    GlobalRefresher refresher(String name, SharedCache through) throws ConfigException {
        return refresher(name, RefresherOptions.DEFAULTS, (_, _) -> () -> {}, through);
    }

    GlobalRefresher refresher(String name, RefresherOptions options, Heartbeat heartbeat) throws ConfigException {
        return refresher(name, options, heartbeat, cache);
    }

    GlobalRefresher refresher(String name, RefresherOptions options, Heartbeat heartbeat, SharedCache through)
            throws ConfigException {
        OpenStackCloud client = client();
        return new GlobalRefresher(name, through, client.nova(), client.glance(), options, ticker, heartbeat);
    }

    /** One whose readings another sees, too. */
    GlobalRefresher refresher(String name, ReadingWitness witness) throws ConfigException {
        OpenStackCloud client = client();
        return new GlobalRefresher(
                name,
                cache,
                client.nova(),
                client.glance(),
                RefresherOptions.DEFAULTS,
                ticker,
                (_, _) -> () -> {},
                witness);
    }

    private OpenStackCloud client() throws ConfigException {
        ApiTime time = new ApiTime(clock, ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
        OpenStackCloud client = OpenStackCloud.of(access(), settings, time, ApiObserver.NONE);
        clients.add(client);
        return client;
    }

    private CloudAccess access() {
        Named domain = Named.name("Default");
        return new CloudAccess(
                URI.create(cloud.authUrl()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("admin"), domain),
                "RegionOne",
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
    }

    SimulatedCloud cloud() {
        return cloud;
    }

    SharedCache cache() {
        return cache;
    }

    /** The cache of this process forgets everything. */
    void empty() {
        memory.empty();
    }

    /** For the refreshers that are made from now on. */
    void settings(ApiSettings other) {
        settings = other;
    }

    void whileSlow(Consumer<Duration> action) {
        whileSlow = action;
    }

    /** Time passes at once, then a refresher has a turn. */
    Turn turn(GlobalRefresher refresher, Duration after) {
        cloud.advance(after);
        return refresher.run();
    }

    /** Time passes, with a turn of the refresher each five seconds. */
    List<Turn> run(GlobalRefresher refresher, Duration time) {
        List<Turn> turns = new ArrayList<>();
        for (long i = time.dividedBy(TURN); i > 0; i--) {
            turns.add(turn(refresher, TURN));
        }
        return turns;
    }

    RefreshRecord record() throws SharedCacheException, BodyException {
        return RefreshRecordBody.read(Objects.requireNonNull(cache.head().refreshRecord()));
    }

    Duration age() throws SharedCacheException, BodyException {
        return record().age(cache.head().now()).orElseThrow();
    }

    /** Instances in the cache by id, of all hosts. */
    Map<String, CachedInstance> held() throws SharedCacheException, BodyException {
        Map<String, CachedInstance> held = new TreeMap<>();
        for (Host host : cloud.cloud().hosts()) {
            held.putAll(on(host.name()));
        }
        held.putAll(on(Entry.NOWHERE));
        return held;
    }

    Map<String, CachedInstance> on(String host) throws SharedCacheException, BodyException {
        HostView view = cache.host(host, null);
        Map<String, CachedInstance> held = new TreeMap<>();
        for (Entry entry : Objects.requireNonNullElse(view.entries(), Map.<String, Entry>of())
                .values()) {
            held.put(entry.id(), InstanceBody.read(entry.body()));
        }
        return held;
    }

    /** What the cache knows, in the form of {@link #truth}. */
    Map<String, String> known(boolean metadata) throws SharedCacheException, BodyException {
        Map<String, String> known = new TreeMap<>();
        held().forEach((id, instance) -> {
            var server = instance.server();
            if (server.host() != null) {
                String flavor = server.flavor() == null ? null : server.flavor().id();
                known.put(id, text(server.host(), server.name(), flavor, server.metadata(), metadata));
            }
        });
        return known;
    }

    /** What the cloud has of servers that are on a host. */
    Map<String, String> truth(boolean metadata) {
        Map<String, String> truth = new TreeMap<>();
        for (Server server : cloud.cloud().servers()) {
            Host host = server.host();
            if (host != null) {
                String flavor = server.flavor().id();
                truth.put(server.id(), text(host.name(), server.name(), flavor, server.metadata(), metadata));
            }
        }
        return truth;
    }

    private static String text(
            String host,
            @Nullable String name,
            @Nullable String flavor,
            Map<String, String> metadata,
            boolean withMetadata) {
        return host + " " + name + " " + flavor + (withMetadata ? " " + new TreeMap<>(metadata) : "");
    }

    /** Requests of a kind for servers, as the cloud's own log has them. */
    long asked(QueryKind kind) {
        return cloud.requests()
                .count(asked ->
                        asked.service().equals("nova") && asked.path().contains("/servers") && asked.kind() == kind);
    }

    /** All requests but those for tokens and versions, and whether all cells are reached. */
    long asked() {
        return cloud.requests()
                .count(asked -> asked.kind() != QueryKind.TOKEN
                        && asked.kind() != QueryKind.VERSION
                        && !asked.path().endsWith("/os-services")
                        && !asked.service().equals("keystone"));
    }

    /** Requests to Keystone. */
    long keystone() {
        return cloud.requests().count(asked -> asked.service().equals("keystone"));
    }

    /** A server that is on a host and left alone, with metadata. */
    Server idle() {
        return cloud.cloud().servers().stream()
                .filter(server -> server.host() != null
                        && server.isIdle()
                        && !server.metadata().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        clients.forEach(OpenStackCloud::close);
        cloud.close();
    }
}
