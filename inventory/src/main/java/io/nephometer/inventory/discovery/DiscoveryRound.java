// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.NovaMetadata;
import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Presence;
import io.nephometer.model.Shortfall;
import io.nephometer.openstack.nova.Flavor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One discovery. For one use. */
final class DiscoveryRound {
    private static final Set<String> GONE = Set.of("deleted", "error");

    private final String host;
    private final Inspection inspection;
    private final Answer<Map<String, Instance>> known;
    private final FactFinding facts;
    private final Function<Facts, InstanceMetadata> writer;

    private final Map<String, Domain> domains = new HashMap<>();
    private final Set<String> faulty = new HashSet<>();
    private final List<DiscoveredInstance> instances = new ArrayList<>();
    private final List<Shortfall> shortfalls = new ArrayList<>();
    private int unknownToNova;
    private int notOfNova;

    DiscoveryRound(
            String host,
            Inspection inspection,
            Answer<Map<String, Instance>> known,
            FactFinding facts,
            Function<Facts, InstanceMetadata> writer) {
        this.host = host;
        this.inspection = inspection;
        this.known = known;
        this.facts = facts;
        this.writer = writer;
        for (Domain domain : inspection.domains()) {
            domains.put(domain.id(), domain);
        }
        for (DomainFault fault : inspection.faults()) {
            faulty.add(fault.domain());
        }
    }

    /** What Nova lists is measured. */
    Discovery byNova() {
        if (known.origin() == Origin.NONE) {
            shortfalls.add(new Shortfall(
                    "inventory_unavailable",
                    domains.size(),
                    "nothing is known of the instances of " + host
                            + " while Nova does not answer; the method libvirt_metadata would measure them"));
        }
        for (Instance instance : known.value().values()) {
            Domain domain = domains.get(instance.server().id());
            if (domain != null) {
                add(instance, domain);
            }
        }
        int unlisted = countUnlisted();
        if (unlisted > 0 && known.origin() != Origin.NONE) {
            shortfalls.add(new Shortfall(
                    "unknown_to_nova", unlisted, "the hypervisor runs what Nova does not list for " + host));
        }
        addWithoutDomain();
        return done();
    }

    private int countUnlisted() {
        for (Domain domain : inspection.domains()) {
            if (!known.value().containsKey(domain.id())) {
                DomainDescription description = domain.description();
                boolean foreign = description != null && description.nova() == null;
                notOfNova += foreign ? 1 : 0;
                unknownToNova += foreign ? 0 : 1;
            }
        }
        return unknownToNova;
    }

    /** What the hypervisor runs is measured. */
    Discovery byHypervisor() {
        for (Domain domain : inspection.domains()) {
            Instance instance = known.value().get(domain.id());
            DomainDescription description = domain.description();
            NovaMetadata written = description == null ? null : description.nova();
            if (description != null && written != null) {
                add(domain, description, written, instance);
            } else if (instance != null) {
                add(instance, domain);
            } else if (description != null) {
                notOfNova++;
            } else {
                shortfalls.add(new Shortfall(
                        "no_description", 1, "neither the domain nor Nova tells whose " + domain.id() + " is"));
            }
        }
        addWithoutDomain();
        return done();
    }

    private void add(Domain domain, DomainDescription description, NovaMetadata written, @Nullable Instance instance) {
        if (instance == null && known.origin() != Origin.NONE) {
            unknownToNova++;
        }
        Facts found = instance == null
                ? facts.ofDomain(domain, description, written)
                : facts.ofBoth(domain, description, written, instance);
        instances.add(new DiscoveredInstance(
                domain.id(),
                domain,
                written.projectId(),
                written.projectName(),
                written.userId(),
                written.userName(),
                found.flavor(),
                writer.apply(found),
                instance == null ? Origin.LIBVIRT : known.origin(),
                instance == null ? inspection.measured() : known.asOf(),
                instance == null ? Duration.ZERO : known.age()));
    }

    private void add(Instance instance, @Nullable Domain domain) {
        DomainDescription description = domain == null ? null : domain.description();
        NovaMetadata written = description == null ? null : description.nova();
        Facts found = facts.ofServer(instance, description);
        @Nullable Flavor flavor = found.flavor();
        instances.add(new DiscoveredInstance(
                instance.server().id(),
                domain,
                instance.server().projectId(),
                written == null ? null : written.projectName(),
                instance.server().userId(),
                written == null ? null : written.userName(),
                flavor,
                writer.apply(found),
                known.origin(),
                known.asOf(),
                known.age()));
    }

    /** What Nova lists and the hypervisor does not show: stopped, or not where Nova thinks. */
    private void addWithoutDomain() {
        List<String> lost = new ArrayList<>();
        for (Instance instance : known.value().values()) {
            String id = instance.server().id();
            if (domains.containsKey(id) || faulty.contains(id)) {
                continue;
            }
            if (Presence.of(instance.server()) == Presence.RUNNING) {
                lost.add(id);
            } else if (!GONE.contains(String.valueOf(instance.server().vmState()))) {
                add(instance, null);
            }
        }
        if (!lost.isEmpty()) {
            shortfalls.add(new Shortfall(
                    "not_on_hypervisor",
                    lost.size(),
                    "Nova says that they run on " + host + ", the hypervisor does not run them: " + some(lost)));
        }
    }

    private static String some(List<String> ids) {
        int shown = Math.min(ids.size(), 3);
        return String.join(", ", ids.subList(0, shown)) + (ids.size() > shown ? " …" : "");
    }

    private Discovery done() {
        notOfNova += (int) inspection.faults().stream()
                .filter(fault -> fault.kind() == DomainFault.Kind.NOT_NOVA)
                .filter(fault -> !domains.containsKey(fault.domain()))
                .count();
        instances.sort(Comparator.comparing(DiscoveredInstance::id));
        return new Discovery(instances, shortfalls, unknownToNova, notOfNova);
    }
}
