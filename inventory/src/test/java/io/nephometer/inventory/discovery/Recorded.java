// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.NovaMetadata;
import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Inventory;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instance as a real cloud showed it: in Nova's API, in Glance's, and in the XML of its domain. */
final class Recorded {
    static final String HOST = "compute-libvirt";
    static final String ID = "23452737-5903-43a0-b7d6-b7081e7b5bd8";
    static final String PROJECT = "e91dc3e80d5148759f9af0622e7be8af";
    static final String USER = "b28302d8ddad41ab95fde67a03a2e9c3";
    static final String IMAGE = "af3a72c8-2b69-4bfc-a286-5ac25ad893fe";

    /** As Nova showed it. */
    static final String HOST_ID = "cb5270c7b98a7cd961804fe8b64ef53066d3c1e0215971f88e976144";

    static final Instant POLLED = Instant.parse("2026-11-22T02:16:00Z");
    static final Instant MEASURED = Instant.parse("2026-11-22T02:17:00Z");
    static final Duration AGE = Duration.ofMinutes(1);

    private Recorded() {}

    static Server server() {
        return server(ID, "ACTIVE", "active");
    }

    static Server server(String id, String status, String vmState) {
        return new Server(
                id,
                "renamed",
                status,
                PROJECT,
                USER,
                HOST_ID,
                HOST,
                null,
                null,
                "instance-00000208",
                IMAGE,
                "f-1",
                null,
                vmState,
                null,
                1,
                "nova",
                "r-ah0sukp0",
                null,
                null,
                null,
                POLLED,
                null,
                null,
                Map.of("metering.stack", "tcg", "owner", "lab"),
                List.of());
    }

    static Flavor flavor() {
        return new Flavor("f-1", "lab.tcg", 2, 64, 3, 1, 0, Map.of("hw:cpu", "x"));
    }

    static Image image() {
        return new Image(
                IMAGE,
                "cirros",
                "active",
                null,
                "public",
                "bare",
                "qcow2",
                1L,
                1,
                0,
                null,
                null,
                Map.of("os_distro", "cirros"));
    }

    static Instance instance() {
        return new Instance(server(), flavor(), image());
    }

    static NovaMetadata written() {
        return new NovaMetadata(
                "tcg-net",
                null,
                new NovaMetadata.Flavor(null, "lab.tcg", 2, 64, 3, 1, 0, Map.of()),
                PROJECT,
                "admin",
                USER,
                "admin-user",
                IMAGE,
                Map.of());
    }

    static DomainDescription description() {
        return new DomainDescription(written(), "hvm", "x86_64", List.of());
    }

    static Domain domain() {
        return domain(ID, DomainState.RUNNING, description());
    }

    static Domain domain(String id, DomainState state, @Nullable DomainDescription description) {
        return new Domain(
                id,
                "instance-00000208",
                state,
                description,
                new CpuCounters(1L, 2),
                null,
                List.of(),
                List.of(),
                Map.of());
    }

    static Inspection inspection(Domain... domains) {
        return new Inspection(MEASURED, Arrays.asList(domains), List.of());
    }

    static Inventory inventory(Instance... instances) {
        Map<String, Instance> byId = new LinkedHashMap<>();
        for (Instance instance : instances) {
            byId.put(instance.server().id(), instance);
        }
        return new Told(new Answer<>(byId, Origin.API, POLLED, AGE));
    }

    static Inventory knowingNothing() {
        return new Told(new Answer<>(Map.of(), Origin.NONE, null, Duration.ZERO));
    }

    private record Told(Answer<Map<String, Instance>> answer) implements Inventory {
        @Override
        public Answer<Map<String, Instance>> instancesOf(String host) {
            return answer;
        }

        @Override
        public Answer<Optional<Instance>> instance(String id) {
            throw new UnsupportedOperationException("discovery takes one whole set");
        }

        @Override
        public Answer<Optional<Flavor>> flavor(String id) {
            throw new UnsupportedOperationException("discovery takes one whole set");
        }

        @Override
        public Answer<Optional<Image>> image(String id) {
            throw new UnsupportedOperationException("discovery takes one whole set");
        }
    }
}
