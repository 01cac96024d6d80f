// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What users ask for: names, flavors, hosts, metadata. Not thread-safe. */
final class Wishes {
    private static final List<String> KEYS = List.of("metering.stack", "metering.team", "owner", "cost-centre", "note");
    private static final List<String> TAGS = List.of("production", "test", "backup", "web", "db");
    private static final List<String> SYSTEMS = List.of("debian", "ubuntu", "cirros", "rocky");

    private final Cloud cloud;
    private final Random random;
    private int asked;

    Wishes(Cloud cloud, Random random) {
        this.cloud = cloud;
        this.random = random;
    }

    void create(Operations operations) {
        operations.create(owner(), newName(), flavor(), image(), host(), metadata());
    }

    void createAndDeleteAtOnce(Operations operations) {
        operations.createAndDeleteAtOnce(owner(), newName(), flavor(), image(), host());
    }

    void createImage(Offers offers) {
        Map<String, String> properties = Map.of("os_distro", one(SYSTEMS), "hw_disk_bus", "virtio");
        offers.createImage("image-" + ++asked, owner().project(), random.nextBoolean(), properties);
    }

    void createFlavor(Offers offers) {
        int vcpus = 1 << random.nextInt(4);
        offers.createFlavor(
                "c" + vcpus + ".new-" + ++asked, vcpus, 2048 * vcpus, 20, 0, Map.of("hw:cpu_policy", "shared"));
    }

    User owner() {
        return one(cloud.directory().members());
    }

    Flavor flavor() {
        return one(cloud.flavors());
    }

    Image image() {
        return one(cloud.images());
    }

    Host host() {
        return one(cloud.hosts());
    }

    /** Another host than the server's, if there is one. */
    Host hostBeside(Server server) {
        Host any = host();
        return any.equals(server.host())
                ? cloud.hosts().get(any.number() % cloud.hosts().size())
                : any;
    }

    String name(Server server) {
        return server.hostname() + "-r" + random.nextInt(100);
    }

    String key() {
        return one(KEYS);
    }

    String keyOf(Server server) {
        return one(List.copyOf(server.metadata().keySet()));
    }

    String value() {
        return "v" + random.nextInt(1000);
    }

    List<String> tags() {
        List<String> tags = new ArrayList<>(TAGS);
        tags.removeIf(tag -> random.nextBoolean());
        return tags;
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("metering.stack", "stack-" + random.nextInt(10));
        if (random.nextBoolean()) {
            metadata.put("owner", "team-" + random.nextInt(5) + " é中");
        }
        return metadata;
    }

    String newName() {
        return "vm-" + ++asked + "-" + Integer.toHexString(random.nextInt(0x10000));
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
