// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import static io.nephometer.openstack.api.ServiceType.BLOCK_STORAGE;
import static io.nephometer.openstack.api.ServiceType.IMAGE;
import static io.nephometer.openstack.api.ServiceType.NETWORK;
import static io.nephometer.openstack.api.ServiceType.OBJECT_STORE;

import io.nephometer.e2e.cloud.rest.Fields;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.openstack.api.ServiceType;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Images, volumes, snapshots, floating IPs and containers that are made in the project that is logged in to, and removed again. What
 * the cloud has no service for is left out. For one thread.
 */
final class Things implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int KIBIBYTE = 1024;

    private final RestCloud cloud;
    private final PrintWriter told;
    private final String prefix =
            "nephometer-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-";
    private final Deque<Path> made = new ArrayDeque<>();
    private int number;

    Things(RestCloud cloud, PrintWriter told) {
        this.cloud = cloud;
        this.told = told;
    }

    /** Where a thing is. */
    private record Path(ServiceType service, String path) {}

    /** Makes so many more of each kind, no two of one size. */
    void make(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            number++;
            if (cloud.has(IMAGE)) {
                image();
            }
            if (cloud.has(BLOCK_STORAGE)) {
                volume();
            }
            if (cloud.has(NETWORK)) {
                floatingIp();
            }
            if (cloud.has(OBJECT_STORE)) {
                container();
            }
        }
    }

    /** Every fourth has no data yet, and so no size. */
    private void image() throws IOException, InterruptedException {
        String id = made(
                IMAGE,
                "/images",
                cloud.post(
                        IMAGE,
                        "/images",
                        Map.of("name", prefix + number, "disk_format", "raw", "container_format", "bare")));
        if (number % 4 != 0) {
            cloud.put(IMAGE, "/images/" + id + "/file", new byte[number * KIBIBYTE]);
        }
    }

    private void volume() throws IOException, InterruptedException {
        Map<?, ?> body = cloud.post(
                BLOCK_STORAGE, "/volumes", Map.of("volume", Map.of("name", prefix + number, "size", number)));
        String volume = made(BLOCK_STORAGE, "/volumes", Fields.map(body.get("volume")));
        awaitAvailable("/volumes/" + volume, "volume");
        Map<?, ?> snapshot = cloud.post(
                BLOCK_STORAGE, "/snapshots", Map.of("snapshot", Map.of("name", prefix + number, "volume_id", volume)));
        String id = made(BLOCK_STORAGE, "/snapshots", Fields.map(snapshot.get("snapshot")));
        awaitAvailable("/snapshots/" + id, "snapshot");
    }

    private void awaitAvailable(String path, String key) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String status = "";
        while (System.nanoTime() - begin < LIMIT.toNanos()) {
            status = Fields.text(
                    Fields.map(cloud.get(BLOCK_STORAGE, path).get(key)).get("status"));
            if (status.equals("available")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw new IOException(path + " is not available but " + status);
    }

    private void floatingIp() throws IOException, InterruptedException {
        List<Map<?, ?>> outside = cloud.list(NETWORK, "/networks?router:external=True", "networks");
        if (outside.isEmpty()) {
            told.println("there is no external network, so no floating IP is made");
            return;
        }
        Map<?, ?> body = cloud.post(
                NETWORK,
                "/floatingips",
                Map.of(
                        "floatingip",
                        Map.of(
                                "floating_network_id",
                                Fields.text(outside.getFirst().get("id")))));
        made(NETWORK, "/floatingips", Fields.map(body.get("floatingip")));
    }

    private void container() throws IOException, InterruptedException {
        String container = "/" + prefix + number;
        cloud.put(OBJECT_STORE, container, new byte[0]);
        made.push(new Path(OBJECT_STORE, container));
        for (int object = 0; object < number; object++) {
            String path = container + "/" + object;
            cloud.put(OBJECT_STORE, path, new byte[number * KIBIBYTE]);
            made.push(new Path(OBJECT_STORE, path));
        }
    }

    private String made(ServiceType service, String collection, Map<?, ?> thing) {
        String id = Fields.text(thing.get("id"));
        made.push(new Path(service, collection + "/" + id));
        return id;
    }

    /** Removes it until it is no longer there. */
    private void remove(Path thing) throws InterruptedException {
        long begin = System.nanoTime();
        IOException failure = new IOException("never tried");
        while (System.nanoTime() - begin < LIMIT.toNanos()) {
            try {
                if (!cloud.delete(thing.service(), thing.path())) {
                    return;
                }
            } catch (IOException e) {
                failure = e; // a volume that still has a snapshot, or is being deleted
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        told.println("could not remove " + thing.path() + ", do it by hand: " + failure.getMessage());
    }

    /** Removes everything that was made, the latest first. */
    @Override
    public void close() {
        told.println("removing what was made: " + made.size());
        try {
            while (!made.isEmpty()) {
                remove(made.getFirst());
                made.pop();
            }
        } catch (InterruptedException _) {
            made.forEach(thing -> told.println("not removed, do it by hand: " + thing.path()));
            Thread.currentThread().interrupt();
        }
    }
}
