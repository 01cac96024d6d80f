// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Losses, joined where nothing is forgotten by that: what is lost of slots that follow one another is one. Where there are too many holes between
 * them, the earliest become one of which only the ends are known. Not thread-safe.
 */
final class LossList {
    /** Of one member, source, interval and reason. */
    private static final int MOST = 16;

    private static final Comparator<Loss> BY_TIME =
            Comparator.comparing(loss -> loss.first().start());

    private final Map<String, List<Loss>> byKey = new LinkedHashMap<>();

    void add(Loss loss) {
        List<Loss> known = byKey.computeIfAbsent(loss.key(), _ -> new ArrayList<>());
        join(known, loss);
        if (known.stream().filter(Loss::each).count() > MOST) {
            forgetHole(known);
        }
    }

    private static void join(List<Loss> known, Loss loss) {
        Loss joined = loss;
        for (Loss one : List.copyOf(known)) {
            if (one.isJoinedBy(joined)) {
                known.remove(one);
                joined = one.plus(joined);
            }
        }
        known.add(joined);
        known.sort(BY_TIME);
    }

    private static void forgetHole(List<Loss> known) {
        List<Loss> earliest = known.stream().filter(Loss::each).limit(2).toList();
        known.removeAll(earliest);
        join(known, earliest.getFirst().plus(earliest.getLast()));
    }

    /** This one is told in its first slots. What was added to it meanwhile is still to be told, with all of it. */
    void told(Loss loss, long slots) {
        List<Loss> known = byKey.get(loss.key());
        if (known != null && known.remove(loss)) {
            if (slots < loss.slots()) {
                join(known, loss.after(slots));
            }
            if (known.isEmpty()) {
                byKey.remove(loss.key());
            }
        }
    }

    List<Loss> all() {
        return byKey.values().stream().flatMap(List::stream).toList();
    }

    void clear() {
        byKey.clear();
    }
}
