// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.Earlier;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.record.Teller;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Instances as the shared cache holds them, made up: so many hosts of so many instances, each like one of a busy cloud.
 *
 * @param states that each of them had before
 */
record CachedCloud(int hosts, int perHost, int states) {
    private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

    int instances() {
        return hosts * perHost;
    }

    String host(int number) {
        return "compute-" + number + ".rack" + number / 20 + ".example.org";
    }

    /** A page of entries; {@code change} makes every body another. */
    List<Entry> page(int from, int size, int change) {
        return IntStream.range(from, Math.min(instances(), from + size))
                .mapToObj(number -> InstanceBody.entry(instance(number, change)))
                .toList();
    }

    private CachedInstance instance(int number, int change) {
        Instant changed = CREATED.plusSeconds(number + 1_000_000L * change);
        Server now = server(number, changed);
        return new CachedInstance(now, changed, changed.plusSeconds(30), Teller.API, earlier(now, changed), null);
    }

    /** Tasks that began and ended, a second each. */
    private List<Earlier> earlier(Server now, Instant changed) {
        return IntStream.range(0, states)
                .mapToObj(i -> changed.minusSeconds(states - i))
                .map(since -> new Earlier(
                        with(now, since, since.getEpochSecond() % 2 == 0 ? null : "resize_migrating"), since))
                .toList();
    }

    private static Server with(Server now, Instant updated, @Nullable String task) {
        return new Server(
                now.id(),
                now.name(),
                now.status(),
                now.projectId(),
                now.userId(),
                now.hostId(),
                now.host(),
                now.node(),
                now.hostname(),
                now.instanceName(),
                now.imageId(),
                now.flavorId(),
                now.flavor(),
                now.vmState(),
                task,
                now.powerState(),
                now.availabilityZone(),
                now.reservationId(),
                now.kernelId(),
                now.ramdiskId(),
                now.created(),
                updated,
                now.launched(),
                now.terminated(),
                now.metadata(),
                now.tags());
    }

    private Server server(int number, Instant updated) {
        Random random = new Random(number);
        String image = uuid(random);
        return new Server(
                uuid(random),
                "web-frontend-" + number,
                "ACTIVE",
                hex(random),
                hex(random),
                hex(random) + hex(random).substring(8),
                host(number / perHost),
                host(number / perHost),
                "web-frontend-" + number,
                "instance-" + String.format("%08x", number),
                image,
                null,
                flavor(),
                "active",
                null,
                1,
                "zone-" + number % 3,
                "r-" + hex(random).substring(0, 8),
                null,
                null,
                CREATED,
                updated,
                CREATED.plusSeconds(40),
                null,
                metadata(random),
                List.of("production", "team-" + number % 40));
    }

    private static Flavor flavor() {
        return new Flavor(
                null, "m1.large", 4, 8192, 80, 0, 0, Map.of("hw:cpu_policy", "shared", "hw:mem_page_size", "any"));
    }

    private static Map<String, String> metadata(Random random) {
        return Map.of(
                "metering.stack",
                uuid(random),
                "metering.server_group",
                uuid(random),
                "owner",
                "team-" + random.nextInt(40),
                "role",
                "frontend",
                "description",
                "Frontend of the shop behind the load balancer, kept by the web team; ask them before it is resized",
                "cost-center",
                Integer.toString(random.nextInt(10_000)));
    }

    private static String uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static String hex(Random random) {
        return uuid(random).replace("-", "");
    }
}
