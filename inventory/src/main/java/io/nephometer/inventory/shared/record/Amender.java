// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings observations into the cache: reads what is known of all of them at once, merges, and amends at once, on the condition that
 * nobody changed the instance meanwhile; those whom somebody changed are read again and decided again. Thread-safe.
 */
public final class Amender {
    private static final int ATTEMPTS = 5;

    private final SharedCache cache;
    private final Writing writing;

    /** The way in which amendments are written: {@link SharedCache#amend}, or a seat's. */
    @FunctionalInterface
    public interface Writing {
        List<Amended> amend(List<Amendment> amendments) throws SharedCacheException;
    }

    public Amender(SharedCache cache, Writing writing) {
        this.cache = cache;
        this.writing = writing;
    }

    /** What became of an observation. */
    public enum Result {
        /** The cache has it now. */
        APPLIED,
        /** The verdict was to keep what is known. */
        KEPT,
        /** Others changed the instance again and again. */
        CONFLICT,
        /** There is no set yet. */
        NOT_FILLED
    }

    /**
     * What became of an observation.
     *
     * @param before what was known when it was judged, earlier observations of the same call included
     */
    public record Ending(Observation seen, Knowledge before, Verdict verdict, Result result) {}

    /**
     * Applies observations, those of the same instance in their order.
     *
     * @return what became of each; in no certain order
     * @throws SharedCacheException if the cache did not answer; some may have been applied, and applying all again does no harm
     */
    public List<Ending> apply(Collection<? extends Observation> seen) throws SharedCacheException {
        Map<String, List<Observation>> open = new LinkedHashMap<>();
        seen.forEach(
                one -> open.computeIfAbsent(one.id(), _ -> new ArrayList<>()).add(one));
        List<Ending> endings = new ArrayList<>();
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            endings.addAll(attempt(open, attempt == ATTEMPTS));
        }
        return endings;
    }

    /** Tries all that are open, and takes out those that have ended. */
    private List<Ending> attempt(Map<String, List<Observation>> open, boolean last) throws SharedCacheException {
        Map<String, KnownInstance> known = cache.instances(List.copyOf(open.keySet()));
        Knowledge.Nothing nothing = new Knowledge.Nothing(isTold(open, known) ? wholeSince() : null);
        List<Judged> judged = new ArrayList<>();
        List<Ending> endings = new ArrayList<>();
        open.forEach((id, observations) -> {
            Judged one = Judged.of(id, observations, known.get(id), nothing);
            if (one.amendment() == null) {
                endings.addAll(one.ended(Amended.DONE));
            } else {
                judged.add(one);
            }
        });
        List<Amended> amended = judged.isEmpty() ? List.of() : writing.amend(amendments(judged));
        for (int i = 0; i < judged.size(); i++) {
            if (last || amended.get(i) != Amended.CONFLICT) {
                endings.addAll(judged.get(i).ended(amended.get(i)));
            }
        }
        endings.forEach(ending -> open.remove(ending.seen().id()));
        return endings;
    }

    /** Whether an event tells of what is not known. */
    private static boolean isTold(Map<String, List<Observation>> open, Map<String, KnownInstance> known) {
        return open.entrySet().stream()
                .anyMatch(entry -> !known.containsKey(entry.getKey())
                        && entry.getValue().stream().anyMatch(Observation.Event.class::isInstance));
    }

    /** When the last whole reading that readers see began; null if nobody knows. */
    private @Nullable Instant wholeSince() throws SharedCacheException {
        String body = cache.head().refreshRecord();
        try {
            return body == null ? null : RefreshRecordBody.read(body).wholes().nova();
        } catch (BodyException _) {
            return null;
        }
    }

    private static List<Amendment> amendments(List<Judged> judged) {
        List<Amendment> amendments = new ArrayList<>();
        for (Judged one : judged) {
            if (one.amendment() != null) {
                amendments.add(one.amendment());
            }
        }
        return amendments;
    }

    /** One instance, with what all observations of it together mean. */
    private record Judged(List<Ending> endings, @Nullable Amendment amendment) {
        static Judged of(
                String id, List<Observation> observations, @Nullable KnownInstance known, Knowledge.Nothing nothing) {
            long revision =
                    known instanceof KnownInstance.Held held ? held.entry().revision() : 0;
            List<Ending> endings = new ArrayList<>();
            Knowledge now = known == null ? nothing : Knowledge.of(known);
            Amendment amendment = null;
            for (Observation seen : observations) {
                Verdict verdict = Merge.of(now, seen);
                endings.add(
                        new Ending(seen, now, verdict, verdict instanceof Verdict.Keep ? Result.KEPT : Result.APPLIED));
                now = after(now, verdict);
                amendment = verdict.amendment(id, revision).orElse(amendment);
            }
            return new Judged(endings, amendment);
        }

        private static Knowledge after(Knowledge before, Verdict verdict) {
            return switch (verdict) {
                case Verdict.Put(CachedInstance instance) -> new Knowledge.Here(instance);
                case Verdict.Delete(var at) ->
                    new Knowledge.Gone(at, before instanceof Knowledge.Here(CachedInstance last) ? last : null);
                case Verdict.Keep _ -> before;
            };
        }

        List<Ending> ended(Amended how) {
            Result result =
                    switch (how) {
                        case DONE -> Result.APPLIED;
                        case GONE -> Result.KEPT;
                        case CONFLICT -> Result.CONFLICT;
                        case NOT_FILLED -> Result.NOT_FILLED;
                    };
            return endings.stream()
                    .map(ending -> ending.result() == Result.KEPT
                            ? ending
                            : new Ending(ending.seen(), ending.before(), ending.verdict(), result))
                    .toList();
        }
    }
}
