// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import io.nephometer.e2e.cloud.compute.ComputeRun.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agent delivered, held against the hypervisor, Nova, and nova-api's log. Compared are instances that Nova called active before
 * and after and whose domains ran all the time; what Nova said otherwise before and after is not compared. For one thread.
 */
final class ComputeComparison {
    private final ComputePlan plan;
    private final Seen seen;
    private final LedgerSamples samples;
    private final CounterComparison counters = new CounterComparison();
    private final MetadataComparison metadata = new MetadataComparison();
    private final List<String> differences = new ArrayList<>();
    private final Set<String> instances = new HashSet<>();

    ComputeComparison(ComputePlan plan, Seen seen, LedgerSamples samples) {
        this.plan = plan;
        this.seen = seen;
        this.samples = samples;
        for (int slot = 0; slot < plan.slots(); slot++) {
            slot(slot);
        }
        describe();
        requests();
    }

    private void slot(int number) {
        Instant start = seen.from().plus(plan.interval().multipliedBy(number));
        Map<String, Map<String, String>> before = seen.statistics().get(number).domains();
        Map<String, Map<String, String>> after =
                seen.statistics().get(number + 1).domains();
        Set<String> found = samples.instances(start);
        seen.before().domains().forEach((instance, domain) -> {
            @Nullable Map<String, String> low = before.get(domain);
            @Nullable Map<String, String> high = after.get(domain);
            if (seen.after().domains().containsKey(instance) && low != null && high != null) {
                instances.add(instance);
                counters.add(
                        instance + " in " + start,
                        Counters.of(low),
                        Counters.of(high),
                        samples.volumes(instance, start));
            }
            found.remove(instance);
        });
        found.removeAll(seen.after().domains().keySet());
        found.forEach(instance -> differences.add("unexpected in " + start + ": " + instance));
    }

    private void describe() {
        samples.samples().forEach(sample -> {
            String instance = LedgerSamples.instance(sample);
            if (instances.contains(instance)) {
                metadata.add(instance, sample, agreed(instance));
            }
        });
    }

    /** What Nova said before and after. */
    private Map<String, String> agreed(String instance) {
        Map<String, String> facts =
                new LinkedHashMap<>(Objects.requireNonNull(seen.before().facts().get(instance)));
        Map<String, String> later = Objects.requireNonNull(seen.after().facts().get(instance));
        facts.entrySet().removeIf(fact -> !fact.getValue().equals(later.get(fact.getKey())));
        return facts;
    }

    /** Lists of the host, as the agent counted them and as Nova did. */
    private void requests() {
        long logged = logged("listing") + logged("changes");
        long counted = seen.requests().entrySet().stream()
                .filter(request -> request.getKey().contains("service=\"compute\"")
                        && request.getKey().matches(".*reason=\"metadata_(full|delta)\".*"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (plan.novaLog() != null && logged != counted) {
            differences.add("lists of servers: " + counted + " by the agent's count, " + logged + " in nova-api's log");
        }
    }

    private long logged(String kind) {
        return seen.logged().getOrDefault(kind, 0L);
    }

    CounterComparison counters() {
        return counters;
    }

    List<String> differences() {
        List<String> all = new ArrayList<>(differences);
        all.addAll(counters.differences());
        all.addAll(metadata.differences());
        return all;
    }

    boolean isClean() {
        return counters.isClean() && metadata.different() == 0 && metadata.same() > 0 && differences.isEmpty();
    }

    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("instances", instances.size());
        summary.put("slots", plan.slots());
        summary.put("samples", samples.samples().size());
        summary.put("samples_compared", counters.found());
        summary.put("samples_bad", counters.bad());
        summary.put("metadata_keys", metadata.keys());
        summary.put("metadata_same", metadata.same());
        summary.put("metadata_different", metadata.different());
        summary.put("requests", seen.requests());
        summary.put("nova_log", seen.logged());
        return summary;
    }
}
