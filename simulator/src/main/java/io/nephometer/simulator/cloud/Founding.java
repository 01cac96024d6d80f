// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes a cloud that has been running for a day: hosts, flavors, images, and servers on every host. */
public final class Founding {
    private final Plan plan;

    /**
     * What is to be founded.
     *
     * @param seed decides everything that is left to chance
     * @param cells how many the hosts are divided into
     * @param step how long a step of an operation takes
     */
    public record Plan(
            long seed,
            int hosts,
            int instancesPerHost,
            int projects,
            int cells,
            InstantSource clock,
            LifeRates rates,
            Duration step,
            Duration confirmAfter,
            Duration cleanUpAfter,
            Duration archiveAfter) {}

    /** The cloud and what moves it. */
    public record Founded(Cloud cloud, Operations operations, Offers offers, Life life) {}

    public Founding(Plan plan) {
        this.plan = plan;
    }

    /** Makes it; nothing of this is said on the bus. */
    public Founded found() {
        Ids ids = new Ids(plan.seed());
        Cloud cloud = new Cloud(plan.clock(), ids, Directory.of(ids, plan.projects()), hosts());
        Offers offers = new Offers(cloud);
        offer(offers, cloud);
        populate(cloud);
        cloud.takeEvents();
        Operations operations = new Operations(
                cloud,
                new Operations.Timing(
                        plan.step(), plan.confirmAfter(), plan.cleanUpAfter(), plan.archiveAfter(), null));
        Life life =
                new Life(cloud, operations, offers, plan.rates(), plan.seed(), plan.hosts() * plan.instancesPerHost());
        return new Founded(cloud, operations, offers, life);
    }

    private List<Host> hosts() {
        List<Host> hosts = new ArrayList<>();
        for (int i = 1; i <= plan.hosts(); i++) {
            hosts.add(new Host(i, "compute-%04d".formatted(i), (i - 1) % plan.cells()));
        }
        return hosts;
    }

    private static void offer(Offers offers, Cloud cloud) {
        offers.createFlavor("m1.tiny", 1, 512, 1, 0, Map.of());
        offers.createFlavor("m1.small", 1, 2048, 20, 0, Map.of());
        offers.createFlavor("m1.medium", 2, 4096, 40, 0, Map.of());
        offers.createFlavor("c4.large", 4, 8192, 40, 0, Map.of("hw:cpu_policy", "shared", "class", "gold"));
        offers.createFlavor("e2.scratch", 2, 4096, 20, 10, Map.of("quota:disk_read_iops_sec", "100"));
        Project admin = cloud.directory().admin().project();
        offers.createImage("debian-12", admin, true, Map.of("os_distro", "debian", "os_version", "12"));
        offers.createImage("ubuntu-24.04", admin, true, Map.of("os_distro", "ubuntu", "os_version", "24.04"));
        offers.createImage("cirros-0.6", admin, true, Map.of("os_distro", "cirros", "hw_disk_bus", "virtio"));
    }

    private void populate(Cloud cloud) {
        Wishes wishes = new Wishes(cloud, new Random(plan.seed() ^ 0x5eed));
        Random ages = new Random(plan.seed() ^ 0xa9e5);
        for (Host host : cloud.hosts()) {
            for (int i = 0; i < plan.instancesPerHost(); i++) {
                Duration age = Duration.ofSeconds(600 + ages.nextInt(86_400));
                settle(cloud, wishes, host, plan.clock().instant().minus(age));
            }
        }
    }

    private static void settle(Cloud cloud, Wishes wishes, Host host, Instant created) {
        Instant launched = created.plusSeconds(3);
        String name = wishes.newName();
        User owner = wishes.owner();
        cloud.inside(in -> {
            int number = in.nextServerNumber();
            in.servers()
                    .put(new Server(
                            number,
                            cloud.ids().uuid("server/" + number),
                            name,
                            name,
                            owner.project(),
                            owner,
                            wishes.image(),
                            wishes.flavor(),
                            host,
                            VmState.ACTIVE,
                            null,
                            Times.createdAt(created).launchedAt(launched).updatedAt(launched),
                            wishes.metadata(),
                            List.of(),
                            new Guest(name, launched, launched, 1)));
            return number;
        });
    }
}
