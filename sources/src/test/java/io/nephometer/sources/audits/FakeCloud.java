// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An inventory, a book and a ledger in memory. Fails where it is told to. */
final class FakeCloud implements Inventory, AuditBook, AuditSink {
    final List<InstanceVersion> instances = new ArrayList<>();
    final Map<AuditKey, Entry> entries = new HashMap<>();
    final Map<String, AuditEvent> ledger = new LinkedHashMap<>();

    @Nullable Instant from = Instant.EPOCH;

    @Nullable Instant watermark;

    Instant now = Instant.EPOCH;

    /** From when on it was asked what became otherwise. */
    final List<Instant> asked = new ArrayList<>();

    /** Of which the inventory does not know how they were. */
    List<String> unsure = List.of();

    /** After so many events the ledger takes no more; negative: never. */
    int breaksAfter = -1;

    /** Resources of which the ledger takes no event: a regular expression. */
    String refuses = "";

    /** Run when the next chunk is taken. */
    Runnable meanwhile = () -> {};

    static final class Entry {
        String position = "";
        long items;
        long errors;
        long unsure;
        int attempt;
        boolean held;
        Instant ended = Instant.EPOCH;
        boolean done;
        String message = "";

        private void note(Tally tally) {
            position = tally.position();
            items = tally.items();
            errors = tally.errors();
            unsure = tally.unsure();
        }
    }

    @Override
    public Place place(Instant needed) {
        return new Place("primary", from, watermark);
    }

    @Override
    public Window window(Period period, int share, Instant needed) {
        List<InstanceVersion> found = instances.stream()
                .filter(one -> HostShare.of(one.host()) == share)
                .filter(one -> one.launched() != null && one.launched().isBefore(period.end()))
                .filter(one -> one.terminated() == null || one.terminated().isAfter(period.begin()))
                .sorted(Comparator.comparing(InstanceVersion::id))
                .toList();
        return new Window(place(needed), found, unsure);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Set<AuditKey> done(String task, Period period) {
        Set<AuditKey> done = new HashSet<>();
        entries.forEach((key, entry) -> {
            if (entry.done && key.task().equals(task) && key.period().equals(period)) {
                done.add(key);
            }
        });
        return done;
    }

    @Override
    public Changes changes(String task, Instant since, Instant after) {
        asked.add(after);
        Set<AuditKey> open = new HashSet<>();
        Set<AuditKey> ended = new HashSet<>();
        entries.forEach((key, entry) -> {
            if (key.task().equals(task) && key.period().end().isAfter(since)) {
                if (!entry.done) {
                    open.add(key);
                } else if (!entry.ended.isBefore(after)) {
                    ended.add(key);
                }
            }
        });
        return new Changes(ended, open);
    }

    @Override
    public Set<AuditKey> open(String task) {
        Set<AuditKey> open = new HashSet<>();
        entries.forEach((key, entry) -> {
            if (!entry.done && key.task().equals(task)) {
                open.add(key);
            }
        });
        return open;
    }

    @Override
    public Optional<Instant> latest(String task) {
        return entries.keySet().stream()
                .filter(key -> key.task().equals(task))
                .map(key -> key.period().end())
                .max(Comparator.naturalOrder());
    }

    @Override
    public Optional<Hold> begin(AuditKey key, Place place) {
        Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
        if (entry.done || entry.held) {
            return Optional.empty();
        }
        entry.held = true;
        int attempt = ++entry.attempt;
        String position = entry.position;
        long items = entry.items;
        long errors = entry.errors;
        return Optional.of(new Hold() {
            @Override
            public String position() {
                return position;
            }

            @Override
            public long items() {
                return items;
            }

            @Override
            public long errors() {
                return errors;
            }

            @Override
            public boolean progress(Tally tally) {
                if (entry.attempt != attempt) {
                    return false;
                }
                entry.note(tally);
                return true;
            }

            @Override
            public boolean done(Tally tally, String message) {
                if (!progress(tally)) {
                    return false;
                }
                entry.done = true;
                entry.ended = now;
                entry.held = false;
                entry.message = message;
                return true;
            }

            @Override
            public void failed(Tally tally, String message) {
                if (progress(tally)) {
                    entry.held = false;
                    entry.message = message;
                }
            }
        });
    }

    @Override
    public Taken take(List<? extends AuditEvent> events) throws AuditException {
        meanwhile.run();
        meanwhile = () -> {};
        int known = 0;
        int refused = 0;
        for (AuditEvent event : events) {
            if (breaksAfter >= 0 && ledger.size() >= breaksAfter) {
                throw new AuditException("the ledger is away", null);
            }
            if (event.resource().matches(refuses)) {
                refused++;
                continue;
            }
            known += ledger.putIfAbsent(event.id().text(), event) == null ? 0 : 1;
        }
        return new Taken(events.size() - known - refused, known, 0, refused);
    }

    /** What was told of instances that existed. */
    List<ExistsEvent> exists() {
        return ledger.values().stream()
                .filter(event -> event instanceof ExistsEvent)
                .map(event -> (ExistsEvent) event)
                .toList();
    }
}
