// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.app.ingest.Ingest;
import io.nephometer.model.Event;
import io.nephometer.model.Sample;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.batch.BatchLimits;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.sources.files.FileReceiver;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.RecordedGap;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.StoreUrl;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Everything that a ledger says, read through its reader. */
record LedgerContent(List<Event> events, List<Sample> samples, List<RecoveryEntry> recovery, List<RecordedGap> gaps) {
    static LedgerContent read(String url) {
        try (LedgerView ledger =
                Ledgers.openReadOnly(StoreUrl.parse(url), LedgerOptions.DEFAULTS, WallClock.system())) {
            return read(ledger);
        }
    }

    private static LedgerContent read(LedgerView ledger) {
        List<Event> events = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        List<RecoveryEntry> recovery = new ArrayList<>();
        List<RecordedGap> gaps = new ArrayList<>();
        ledger.reader().events(LedgerQuery.ALL, events::add);
        ledger.reader().samples(LedgerQuery.ALL, samples::add);
        ledger.recovery().entries(RecoveryFilter.ALL, recovery::add);
        ledger.gaps().gaps(null, null, gaps::add);
        return new LedgerContent(events, samples, recovery, gaps);
    }

    /** What the manifest gives in a run without faults: from a file into SQLite. */
    static LedgerContent undisturbed(Manifest manifest, Path folder) throws Exception {
        Path file = manifest.write(folder.resolve("manifest.jsonl"));
        StoreUrl url = new StoreUrl.Sqlite(folder.resolve("undisturbed.db"));
        try (Ledger ledger = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system());
                FileReceiver receiver = new FileReceiver(List.of(file))) {
            new Ingest(receiver, BatchLimits.defaults(), processor(), ledger, Ticker.system(), BatchObserver.none())
                    .run();
            return read(ledger);
        }
    }

    /** The product's, with the shipped definitions. */
    static NotificationProcessor processor() {
        Definitions shipped = Definitions.shipped(DefinitionOptions.DEFAULTS);
        return new NotificationProcessor(
                new NotificationDecoder(8 << 20, TimeWindow.unlimited(WallClock.system())), () -> shipped, _ -> {});
    }

    /** This with more in it. */
    LedgerContent and(List<Event> moreEvents, List<Sample> moreSamples) {
        List<Event> allEvents = new ArrayList<>(events);
        List<Sample> allSamples = new ArrayList<>(samples);
        allEvents.addAll(moreEvents);
        allSamples.addAll(moreSamples);
        return new LedgerContent(allEvents, allSamples, recovery, gaps);
    }

    /** The ids of the manifest that are neither an event, nor a sample, nor in recovery. */
    Set<String> lost(Manifest manifest) {
        Set<String> lost = new HashSet<>(manifest.notifications());
        lost.addAll(manifest.polled());
        events.forEach(event -> lost.remove(event.id().text()));
        recovery.forEach(entry -> lost.remove(String.valueOf(entry.messageId())));
        samples.forEach(sample -> {
            if (sample.origin() instanceof Sample.Origin.Polled polled) {
                lost.remove(polled.own().text());
            }
        });
        return lost;
    }

    /** What is there more than once by what it is about, whatever key the store gave it. */
    Map<String, Integer> doubled() {
        Map<String, Integer> counts = new TreeMap<>();
        events.forEach(event -> counts.merge("event " + event.id().text(), 1, Integer::sum));
        samples.forEach(sample -> counts.merge(naturalKey(sample), 1, Integer::sum));
        recovery.forEach(
                entry -> counts.merge("recovery " + entry.message().body().toText(), 1, Integer::sum));
        counts.values().removeIf(count -> count == 1);
        return counts;
    }

    private static String naturalKey(Sample sample) {
        return switch (sample.origin()) {
            case Sample.Origin.Derived derived ->
                "sample " + derived.message().text() + " " + sample.meter().name() + " " + sample.resourceId() + " "
                        + derived.ordinal();
            case Sample.Origin.Polled polled -> "polled " + polled.own().text();
            case Sample.Origin.Slotted slotted ->
                "slotted " + slotted.slot() + " " + sample.meter().name() + " " + sample.resourceId();
        };
    }

    /** The sum of all volumes of each meter. */
    Map<String, BigDecimal> sums() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        samples.forEach(sample ->
                sums.merge(sample.meter().name(), new BigDecimal(sample.volume().toString()), BigDecimal::add));
        return sums;
    }

    /** The first few facts that are here more or less often than there, each with both counts. */
    List<String> differences(LedgerContent there) {
        Map<Object, Integer> mine = facts();
        Map<Object, Integer> theirs = there.facts();
        Set<Object> all = new HashSet<>(mine.keySet());
        all.addAll(theirs.keySet());
        return all.stream()
                .filter(fact -> !mine.getOrDefault(fact, 0).equals(theirs.getOrDefault(fact, 0)))
                .limit(5)
                .map(fact -> mine.getOrDefault(fact, 0) + " here, " + theirs.getOrDefault(fact, 0) + " there: " + fact)
                .toList();
    }

    /** Events, samples with their metadata, and recovery entries, each with how often it is there. */
    private Map<Object, Integer> facts() {
        Map<Object, Integer> facts = new HashMap<>();
        events.forEach(event -> facts.merge(event, 1, Integer::sum));
        samples.forEach(sample -> facts.merge(sample, 1, Integer::sum));
        recovery.forEach(entry ->
                facts.merge(List.of(entry.message().body(), entry.failure(), entry.eventOnly()), 1, Integer::sum));
        return facts;
    }
}
