// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Two tellings of the same instances and period, field by field. For one thread. */
final class FieldComparison {
    /** Stands for instances that are on no host, such as shelved and offloaded ones: none of Nova's hosts audits them. */
    static final String NO_HOST = "no_host";

    private static final int SHOWN = 120;

    private final Set<String> allowed;
    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> onlyOurs = new ArrayList<>();
    private final List<String> onlyNovas = new ArrayList<>();
    private final List<String> onNoHost = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private int compared;

    /** @param allowed fields whose differences are known and explained: they are counted apart */
    FieldComparison(Told told, Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
        Set<String> instances = new TreeSet<>(told.ours().keySet());
        instances.addAll(told.novas().keySet());
        for (String instance : instances) {
            Map<?, ?> ours = told.ours().get(instance);
            Map<?, ?> novas = told.novas().get(instance);
            if (ours == null) {
                onlyNovas.add(instance);
            } else if (novas == null) {
                (ours.get("host") == null ? onNoHost : onlyOurs).add(instance);
            } else {
                compared++;
                fields(instance, ours, novas);
            }
        }
    }

    /** One field over all instances. */
    static final class Row {
        private long same;
        private long different;
        private String example = "";

        long same() {
            return same;
        }

        long different() {
            return different;
        }

        /** The first difference. */
        String example() {
            return example;
        }
    }

    private void fields(String instance, Map<?, ?> ours, Map<?, ?> novas) {
        Set<String> names = new TreeSet<>();
        ours.keySet().forEach(name -> names.add(name.toString()));
        novas.keySet().forEach(name -> names.add(name.toString()));
        for (String name : names) {
            Row row = rows.computeIfAbsent(name, _ -> new Row());
            @Nullable String our = Told.field(ours, name);
            @Nullable String nova = Told.field(novas, name);
            if (Objects.equals(our, nova)) {
                row.same++;
            } else {
                String difference = name + " of " + instance + ": ours " + our + ", Nova's " + nova;
                differences.add(difference);
                if (row.different == 0) {
                    row.example = brief(difference);
                }
                row.different++;
            }
        }
    }

    private static String brief(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** All of them. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    Map<String, Row> rows() {
        return Map.copyOf(rows);
    }

    /** Instances on no host, of which Nova told nothing. */
    List<String> onNoHost() {
        return List.copyOf(onNoHost);
    }

    /** Other instances of which Nova told nothing. */
    List<String> onlyOurs() {
        return List.copyOf(onlyOurs);
    }

    /** Instances of which we told nothing. */
    List<String> onlyNovas() {
        return List.copyOf(onlyNovas);
    }

    boolean isAllowed(String field) {
        return allowed.contains(field);
    }

    /** Whether both told the same instances, at least one, and the same of each in every field that is not allowed to differ. */
    boolean isClean() {
        return compared > 0
                && onlyOurs.isEmpty()
                && onlyNovas.isEmpty()
                && differing(false) == 0
                && (onNoHost.isEmpty() || isAllowed(NO_HOST));
    }

    private long differing(boolean isAllowed) {
        return rows.entrySet().stream()
                .filter(row -> isAllowed(row.getKey()) == isAllowed)
                .mapToLong(row -> row.getValue().different())
                .sum();
    }

    /** Sums over all fields. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("instances", compared);
        summary.put("only_ours", onlyOurs.size());
        summary.put("only_ours_on_no_host", onNoHost.size());
        summary.put("only_novas", onlyNovas.size());
        summary.put("fields_same", rows.values().stream().mapToLong(Row::same).sum());
        summary.put("fields_different", differing(false));
        summary.put("fields_different_as_allowed", differing(true));
        return summary;
    }
}
