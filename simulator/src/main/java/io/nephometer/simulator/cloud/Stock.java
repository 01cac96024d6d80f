// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * What Cinder, Neutron and Swift hold. Empty until it is filled or something is made by hand; two that are filled and turned in the
 * same way from the same seed hold the same. Thread-safe.
 */
public final class Stock {
    private static final Map<Holding.Kind, List<String>> STATUSES = Map.of(
            Holding.Kind.VOLUME, List.of("available", "in-use", "detaching", "retyping"),
            Holding.Kind.SNAPSHOT, List.of("available", "deleting"),
            Holding.Kind.BACKUP, List.of("available", "restoring"),
            Holding.Kind.FLOATING_IP, List.of("ACTIVE", "DOWN", "ERROR"));

    private final Cloud cloud;
    private final Offers offers;
    private final Random random;

    @GuardedBy("this") private final Map<Holding.Kind, Map<String, Holding>> holdings = new EnumMap<>(Holding.Kind.class);

    @GuardedBy("this") private final Map<Holding.Kind, Integer> numbers = new EnumMap<>(Holding.Kind.class);

    @GuardedBy("this") private final List<StoragePool> pools = new ArrayList<>();

    @GuardedBy("this") private final Map<String, String> serviceStates = new TreeMap<>();

    @GuardedBy("this") private final Map<String, Map<String, StoredContainer>> accounts = new TreeMap<>();

    /** An empty one. */
    public Stock(Cloud cloud, Offers offers, long seed) {
        this.cloud = cloud;
        this.offers = offers;
        this.random = new Random(seed ^ 0x570c);
        for (Holding.Kind kind : Holding.Kind.values()) {
            holdings.put(kind, new TreeMap<>());
        }
        serviceStates.put("cinder-scheduler@controller", "up");
    }

    /** Adds what a plan says. */
    public synchronized void fill(StockPlan plan) {
        List<User> owners = cloud.directory().members();
        for (int i = 1; i <= plan.images(); i++) {
            offers.createImage("stock-%05d".formatted(i), owner(owners).project(), false, Map.of());
        }
        for (int i = 1; i <= plan.pools(); i++) {
            addPool("block-%02d@ceph#volumes".formatted(i), i % 2 == 1);
        }
        List<String> volumes = new ArrayList<>();
        for (int i = 0; i < plan.volumes(); i++) {
            volumes.add(make(Holding.Kind.VOLUME, owner(owners), 1 + random.nextInt(500), "")
                    .id());
        }
        makeOf(Holding.Kind.SNAPSHOT, plan.snapshots(), owners, volumes);
        makeOf(Holding.Kind.BACKUP, plan.backups(), owners, volumes);
        for (int i = 0; i < plan.floatingIps(); i++) {
            make(Holding.Kind.FLOATING_IP, owner(owners), 0, "");
        }
        for (User owner : owners) {
            for (int i = 1; i <= plan.containers(); i++) {
                long objects = random.nextInt(1000);
                store(owner.project(), new StoredContainer("bin-" + i, objects, objects * 4096));
            }
        }
    }

    private void makeOf(Holding.Kind kind, int count, List<User> owners, List<String> volumes) {
        for (int i = 0; i < count; i++) {
            make(
                    kind,
                    owner(owners),
                    1 + random.nextInt(500),
                    volumes.isEmpty() ? "" : volumes.get(i % volumes.size()));
        }
    }

    private User owner(List<User> owners) {
        return owners.get(random.nextInt(owners.size()));
    }

    /** Adds one thing, ready for use. */
    public synchronized Holding make(Holding.Kind kind, User owner, long size, String of) {
        int number = numbers.merge(kind, 1, Integer::sum);
        String name = kind.name().toLowerCase(Locale.ROOT) + "-" + number;
        Instant now = cloud.now().truncatedTo(ChronoUnit.MICROS);
        String status = statuses(kind).getFirst();
        Holding made =
                new Holding(kind, number, cloud.ids().uuid("stock/" + name), name, owner, status, size, of, now, now);
        of(kind).put(made.id(), made);
        return made;
    }

    /** Takes one thing away. */
    public synchronized void remove(Holding.Kind kind, String id) {
        of(kind).remove(id);
    }

    /** Changes a status, and with it the time of the last change. */
    public synchronized void setStatus(Holding.Kind kind, String id, String status) {
        of(kind).computeIfPresent(id, (_, was) -> was.with(status, cloud.now().truncatedTo(ChronoUnit.MICROS)));
    }

    /** So many times: one thing of each kind goes, one comes, and one has another status. */
    public synchronized void turn(int times) {
        for (int i = 0; i < times; i++) {
            for (Holding.Kind kind : Holding.Kind.values()) {
                List<Holding> all = all(kind);
                if (!all.isEmpty()) {
                    Holding gone = all.get(random.nextInt(all.size()));
                    remove(kind, gone.id());
                    make(kind, gone.owner(), gone.size(), gone.of());
                    Holding changed = all.get(random.nextInt(all.size()));
                    List<String> statuses = statuses(kind);
                    setStatus(kind, changed.id(), statuses.get(random.nextInt(statuses.size())));
                }
            }
        }
    }

    /** All of a kind, the newest first. */
    public synchronized List<Holding> all(Holding.Kind kind) {
        return of(kind).values().stream()
                .sorted(Comparator.comparingInt(Holding::number).reversed())
                .toList();
    }

    private synchronized Map<String, Holding> of(Holding.Kind kind) {
        return holdings.computeIfAbsent(kind, _ -> new TreeMap<>());
    }

    private static List<String> statuses(Holding.Kind kind) {
        return STATUSES.getOrDefault(kind, List.of("available"));
    }

    private synchronized void addPool(String host, boolean thin) {
        double total = 1000.0 + random.nextInt(9000);
        double allocated = random.nextInt(900);
        pools.add(new StoragePool(host, total, total - allocated / 2, allocated, allocated * 2, thin, 5));
        serviceStates.put("cinder-volume@" + host.substring(0, host.indexOf('#')), "up");
    }

    /** In the order in which they were added. */
    public synchronized List<StoragePool> pools() {
        return List.copyOf(pools);
    }

    /** States of Cinder's services by {@code binary@host}. */
    public synchronized Map<String, String> services() {
        return new TreeMap<>(serviceStates);
    }

    /** Lets a service of Cinder have a state. */
    public synchronized void setService(String service, String state) {
        serviceStates.put(service, state);
    }

    /** Puts a container into a project's account, or changes it; the account is made if there is none. */
    public synchronized void store(Project project, StoredContainer container) {
        accounts.computeIfAbsent(project.id(), _ -> new TreeMap<>()).put(container.name(), container);
    }

    /** Containers of a project by name; empty if it has no account. */
    public synchronized Optional<List<StoredContainer>> account(String project) {
        return Optional.ofNullable(accounts.get(project)).map(containers -> List.copyOf(containers.values()));
    }
}
