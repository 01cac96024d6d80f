// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.inventory.Instance;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How each instance of the simulated cloud was, and since when: looked at in each second, and never forgotten. */
final class Truth {
    private final Map<String, Server> last = new HashMap<>();
    private final Map<String, List<Version>> histories = new HashMap<>();
    private final FlavorTimes flavors = new FlavorTimes();

    /**
     * @param dated what Nova says when this changed; two versions of the same date look to it as if nothing had changed
     */
    private record Version(
            Told told,
            boolean deleted,
            Instant from,
            @Nullable Instant dated) {}

    /** How what an agent says compares with how it was. */
    enum Verdict {
        /** It is how it was at some moment that is not too long ago. */
        TRUE,
        /** It is how it was before a change that Nova does not date, so that no list of changes shows it. */
        UNDATED,
        /**
         * It lacks the id of its flavor, and nothing else: the flavor was deleted before Nova was first asked while the instance had it,
         * and Nova names none that is gone.
         */
        UNTOLD,
        /** It is neither. */
        FALSE
    }

    /**
     * Takes note of what changed.
     *
     * @return ids of what samples say something else of now
     */
    @SuppressWarnings("ReferenceEquality") // a row is replaced when it changes; 50,000 are looked at in each second
    Set<String> look(Cloud cloud, Instant now) {
        Set<String> changed = new HashSet<>();
        flavors.look(cloud, now);
        cloud.ask(rows -> {
            for (Server row : rows) {
                if (last.put(row.id(), row) != row && add(row, now)) {
                    changed.add(row.id());
                }
            }
            return changed;
        });
        return changed;
    }

    private boolean add(Server row, Instant now) {
        List<Version> history = histories.computeIfAbsent(row.id(), _ -> new ArrayList<>(1));
        Version version =
                new Version(Told.of(row), row.isDeleted(), now, row.times().updated());
        Version before = history.isEmpty() ? null : history.getLast();
        if (before != null && before.told.equals(version.told) && before.deleted == version.deleted) {
            return false;
        }
        history.add(version);
        return before != null;
    }

    /**
     * Compares what an agent says of an instance of its host.
     *
     * @param asker who had asked Nova for what the agent says
     */
    Verdict judge(Instance instance, Asker asker, Instant now, Duration allowed) {
        Told told = Told.of(instance);
        List<Version> history = histories.getOrDefault(instance.server().id(), List.of());
        Instant since = now.minus(allowed);
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).told.equals(told)) {
                return judge(history, i, since, Verdict.TRUE);
            }
            if (history.get(i).told.withoutFlavor().equals(told) && isUntold(history, i, asker)) {
                return judge(history, i, since, Verdict.UNTOLD);
            }
        }
        return Verdict.FALSE;
    }

    private static Verdict judge(List<Version> history, int version, Instant since, Verdict ifInTime) {
        return endedAt(history, version).isAfter(since)
                ? ifInTime
                : endedDatedAt(history, version).isAfter(since) ? Verdict.UNDATED : Verdict.FALSE;
    }

    /** Whether nobody could tell the id of the flavor when the instance was first told as being made of it. */
    private boolean isUntold(List<Version> history, int version, Asker asker) {
        String flavor = history.get(version).told.flavor();
        int first = version;
        while (first > 0
                && Objects.equals(history.get(first - 1).told.flavor(), flavor)
                && asker.asksFor(history.get(first - 1).told.host())) {
            first--;
        }
        return flavor != null
                && asker.firstTold(history.get(first).from)
                        .filter(when -> flavors.isGone(flavor, when))
                        .isPresent();
    }

    private static Instant endedAt(List<Version> history, int version) {
        return version + 1 < history.size() ? history.get(version + 1).from : Instant.MAX;
    }

    /** When it was followed by a version of another date. */
    private static Instant endedDatedAt(List<Version> history, int version) {
        Instant dated = history.get(version).dated;
        for (int i = version + 1; i < history.size(); i++) {
            if (!Objects.equals(history.get(i).dated, dated)) {
                return history.get(i).from;
            }
        }
        return Instant.MAX;
    }

    /** Whether the shared cache says of an instance what is so now. */
    boolean isShownBy(String id, @Nullable KnownInstance known) throws BodyException {
        List<Version> history = histories.get(id);
        Version now = history == null ? null : history.getLast();
        if (now == null || now.deleted) {
            return !(known instanceof KnownInstance.Held);
        }
        return known instanceof KnownInstance.Held held
                && Told.of(InstanceBody.read(held.entry().body()).server()).equals(now.told);
    }

    /** Whether an agent may not know an instance that runs on its host: it was not there, not long ago. */
    boolean mayBeUnknown(String id, String host, Instant now, Duration allowed) {
        List<Version> history = histories.getOrDefault(id, List.of());
        Instant since = now.minus(allowed);
        if (history.isEmpty() || history.getFirst().from.isAfter(since)) {
            return true;
        }
        for (int i = history.size() - 1; i >= 0 && endedAt(history, i).isAfter(since); i--) {
            if (!host.equals(history.get(i).told.host()) || history.get(i).deleted) {
                return true;
            }
        }
        return false;
    }
}
