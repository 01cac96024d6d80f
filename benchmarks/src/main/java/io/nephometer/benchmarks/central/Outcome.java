// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario went.
 *
 * @param loads of a slot, by how many agents there were
 * @param takeOvers of units of killed members, in seconds from the end of the lease
 * @param failure why it could not be played to its end; null if it was
 */
record Outcome(
        Scenario scenario,
        Coordination coordination,
        @Nullable Account account,
        Map<String, SlotLoad> loads,
        List<Double> takeOvers,
        List<String> notes,
        @Nullable String failure) {
    private static final Duration SPACING = Duration.ofSeconds(1);
    private static final double TAKE_OVER_S = 5;
    private static final double MOST = 0.99;
    private static final double MILLIS = 1000;

    static final String HEAD = String.format(
            "%-17s %-6s %6s %6s %5s %6s %8s %4s %5s %7s  %s",
            "scenario", "by", "slots", "done", "told", "unexpl", "samples", "dupl", "miss", "spacing", "");

    static Outcome failed(Scenario scenario, Coordination coordination, Exception failure) {
        return new Outcome(scenario, coordination, null, Map.of(), List.of(), List.of(), failure.toString());
    }

    static Outcome of(Scenario scenario, Coordination coordination, Account account, Stage stage) {
        return new Outcome(
                scenario,
                coordination,
                account,
                stage.loads(),
                stage.takeOvers().stream()
                        .map(time -> time.toMillis() / MILLIS)
                        .sorted()
                        .toList(),
                stage.notes(),
                null);
    }

    boolean isGood() {
        return account != null
                && account.isWhole()
                && (scenario != Scenario.UNDISTURBED || account.spacing().compareTo(SPACING) <= 0)
                && loads.values().stream()
                                .map(SlotLoad::withoutRepeats)
                                .distinct()
                                .count()
                        <= 1
                && (scenario != Scenario.TAKE_OVER || (!takeOvers.isEmpty() && takeOver(MOST) <= TAKE_OVER_S));
    }

    /** By the nearest rank. */
    double takeOver(double part) {
        return takeOvers.get((int) Math.ceil(part * takeOvers.size()) - 1);
    }

    String row() {
        String name = String.format("%-17s %-6s ", scenario.label(), coordination.label());
        if (account == null) {
            return name + "NOT PLAYED: " + failure;
        }
        return name
                + String.format(
                        Locale.ROOT,
                        "%6d %6d %5d %6d %8d %4d %5d %5.2f s  %s%s",
                        account.slots(),
                        account.done(),
                        account.toldSlots(),
                        account.unexplained(),
                        account.samples(),
                        account.duplicates(),
                        account.missing(),
                        account.spacing().toMillis() / MILLIS,
                        isGood() ? "" : "WRONG ",
                        remarks());
    }

    private String remarks() {
        StringBuilder remarks = new StringBuilder();
        loads.forEach((agents, load) -> remarks.append("%s: %s; ".formatted(agents, load.text())));
        if (!takeOvers.isEmpty()) {
            remarks.append(String.format(
                    Locale.ROOT,
                    "%d units taken over, p50 %.2f s, p99 %.2f s; ",
                    takeOvers.size(),
                    takeOver(0.5),
                    takeOver(MOST)));
        }
        if (account != null && !account.told().isEmpty()) {
            remarks.append(account.told()).append("; ");
        }
        notes.forEach(note -> remarks.append(note).append("; "));
        return remarks.toString();
    }

    /** For the JSON. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("scenario", scenario.label());
        tree.put("coordinator", coordination.label());
        tree.put("good", isGood());
        if (failure != null) {
            tree.put("failure", failure);
        }
        if (account != null) {
            tree.put("slots", (long) account.slots());
            tree.put("slots_done", (long) account.done());
            tree.put("slots_told_missing", (long) account.toldSlots());
            tree.put("gaps_unexplained", (long) account.unexplained());
            tree.put("samples", account.samples());
            tree.put("samples_duplicated", account.duplicates());
            tree.put("samples_missing", account.missing());
            tree.put("spacing_deviation_s", account.spacing().toMillis() / MILLIS);
        }
        Map<String, Object> costs = new LinkedHashMap<>();
        loads.forEach((agents, load) -> costs.put(agents, load.tree()));
        tree.put("per_slot", costs);
        if (!takeOvers.isEmpty()) {
            tree.put("takeover_p50_s", takeOver(0.5));
            tree.put("takeover_p99_s", takeOver(MOST));
            tree.put("takeovers", (long) takeOvers.size());
        }
        tree.put("notes", List.copyOf(notes));
        return tree;
    }
}
