// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import io.nephometer.e2e.cloud.rest.Fields;
import io.nephometer.model.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Metadata of samples, held against what Nova says. For one thread. */
final class MetadataComparison {
    private static final String USER = "user_metadata";

    private final Map<String, Long> same = new TreeMap<>();
    private final Map<String, Long> different = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    /** Compares one sample of an instance with what Nova said of it. */
    void add(String instance, Sample sample, Map<String, String> facts) {
        facts.forEach((path, expected) -> {
            String found =
                    switch (path) {
                        case "project" -> Fields.text(sample.projectId());
                        case "user" -> Fields.text(sample.userId());
                        case "status" ->
                            Fields.text(sample.metadata().get(path)).toLowerCase(Locale.ROOT);
                        default -> value(sample, path);
                    };
            check(instance, path, expected, found);
        });
        Set<String> more = new HashSet<>();
        Fields.map(sample.metadata().get(USER)).keySet().forEach(key -> more.add(USER + "." + key));
        more.removeAll(facts.keySet());
        more.forEach(path -> check(instance, path, "", value(sample, path)));
    }

    private void check(String instance, String path, String expected, String found) {
        if (found.equals(expected)) {
            same.merge(path, 1L, Long::sum);
            return;
        }
        if (different.merge(path, 1L, Long::sum) == 1) {
            differences.add(path + " of " + instance + ": Nova says '" + expected + "', the sample '" + found + "'");
        }
    }

    /** A key, or one of an object below a key: of {@code user_metadata.a.b} the key is {@code a.b}. */
    private static String value(Sample sample, String path) {
        @Nullable Object whole = sample.metadata().get(path);
        int dot = path.indexOf('.');
        return whole != null || dot < 0
                ? Fields.text(whole)
                : Fields.text(Fields.map(sample.metadata().get(path.substring(0, dot)))
                        .get(path.substring(dot + 1)));
    }

    long same() {
        return same.values().stream().mapToLong(Long::longValue).sum();
    }

    long different() {
        return different.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Keys that were the same in every sample. */
    int keys() {
        return (int) same.keySet().stream()
                .filter(key -> !different.containsKey(key))
                .count();
    }

    /** The first of each key. */
    List<String> differences() {
        return List.copyOf(differences);
    }
}
