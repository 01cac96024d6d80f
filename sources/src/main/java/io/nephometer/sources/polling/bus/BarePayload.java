// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.inventory.discovery.DomainFacts;
import io.nephometer.model.Meter;
import io.nephometer.model.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Samples without metadata, in the form that a collector of ours joins late; see {@code docs/polling.md}. What all samples of an
 * instance share is written once, which meters a resource has, once for all resources that have the same.
 */
final class BarePayload {
    /** The key in the payload. */
    static final String KEY = "bare";

    private static final int FORMAT = 1;

    private final Map<Meter, Integer> meters = new LinkedHashMap<>();
    private final Map<List<Integer>, Integer> sets = new LinkedHashMap<>();
    private final List<Map<String, @Nullable Object>> instances = new ArrayList<>();

    private BarePayload() {}

    /** @param samples by their instances */
    static Map<String, @Nullable Object> of(List<List<Sample>> samples) {
        BarePayload payload = new BarePayload();
        samples.forEach(payload::add);
        Map<String, @Nullable Object> bare = new LinkedHashMap<>();
        bare.put("format", FORMAT);
        bare.put(
                "meters",
                payload.meters.keySet().stream()
                        .map(meter -> List.of(meter.name(), meter.type().wireName(), meter.unit()))
                        .toList());
        bare.put("sets", List.copyOf(payload.sets.keySet()));
        bare.put("instances", payload.instances);
        return bare;
    }

    /** The samples of each instance, in the order in which instances appear. */
    static List<List<Sample>> byInstance(List<Sample> samples) {
        Map<String, List<Sample>> instances = new LinkedHashMap<>();
        for (Sample sample : samples) {
            instances.computeIfAbsent(id(told(sample)), _ -> new ArrayList<>()).add(sample);
        }
        return List.copyOf(instances.values());
    }

    private static Map<?, ?> told(Sample sample) {
        if (sample.metadata().get(DomainFacts.KEY) instanceof Map<?, ?> told) {
            return told;
        }
        throw new IllegalArgumentException("a sample of " + sample.meter().name() + " has metadata of its own");
    }

    private static String id(Map<?, ?> told) {
        return String.valueOf(told.get("id"));
    }

    /** What samples of one series share. */
    private record Group(String resource, Map<String, @Nullable Object> extras) {}

    private void add(List<Sample> samples) {
        Sample first = samples.getFirst();
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told(first).forEach((name, value) -> told.put(String.valueOf(name), value));
        String id = id(told);
        told.remove("id");
        Map<Group, List<Sample>> groups = new LinkedHashMap<>();
        for (Sample sample : samples) {
            groups.computeIfAbsent(group(id, sample), _ -> new ArrayList<>()).add(sample);
        }
        Map<String, @Nullable Object> instance = new LinkedHashMap<>();
        instance.put("id", id);
        instance.put("project", first.projectId());
        instance.put("user", first.userId());
        instance.put("told", told);
        instance.put(
                "of",
                groups.entrySet().stream()
                        .map(group -> series(group.getKey(), group.getValue()))
                        .toList());
        instances.add(instance);
    }

    private static Group group(String id, Sample sample) {
        Map<String, @Nullable Object> extras = new LinkedHashMap<>(sample.metadata());
        extras.remove(DomainFacts.KEY);
        return new Group(written(id, String.valueOf(sample.resourceId())), extras);
    }

    /** {@code @} in place of the instance's own id; what has none of it, or could be taken for that, behind a colon. */
    private static String written(String id, String resource) {
        boolean plain = resource.contains(id) && resource.indexOf('@') < 0 && !resource.startsWith(":");
        return plain ? resource.replace(id, "@") : ":" + resource;
    }

    private List<Object> series(Group group, List<Sample> samples) {
        List<Integer> set = samples.stream()
                .map(sample -> meters.computeIfAbsent(sample.meter(), _ -> meters.size()))
                .toList();
        int number = sets.computeIfAbsent(set, _ -> sets.size());
        return List.of(
                group.resource(),
                group.extras(),
                number,
                samples.stream().map(Sample::volume).toList());
    }
}
