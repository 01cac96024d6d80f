// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Event;
import io.nephometer.model.Meter;
import io.nephometer.model.Sample;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerReader;
import io.nephometer.store.ledger.MeterStatistics;
import io.nephometer.store.ledger.MeterSummary;
import io.nephometer.store.ledger.MeteredResource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The reader of every engine. */
public final class SqlLedgerReader implements LedgerReader {
    private static final Comparator<Meter> BY_NAME =
            Comparator.comparing(Meter::name).thenComparing(Meter::type).thenComparing(Meter::unit);

    private final Engine engine;
    private final Questions questions;

    public SqlLedgerReader(Engine engine) {
        this.engine = engine;
        this.questions = new Questions(engine);
    }

    @Override
    public void events(LedgerQuery query, Consumer<? super Event> to) {
        questions.read(session -> {
            new EventRows(engine, session.connection()).read(query, to);
            return true;
        });
    }

    @Override
    public void samples(LedgerQuery query, Consumer<? super Sample> to) {
        long[] left = {query.limit() == null ? Long.MAX_VALUE : query.limit()};
        samplesUntil(query, sample -> {
            to.accept(sample);
            return --left[0] > 0;
        });
    }

    private void samplesUntil(LedgerQuery query, Predicate<Sample> to) {
        questions.read(session -> {
            new SampleRows(engine, session.connection()).read(query, to);
            return true;
        });
    }

    @Override
    public void resources(LedgerQuery query, Consumer<? super MeteredResource> to) {
        questions.read(session -> {
            ResourceRows.read(session.connection(), query, to);
            return true;
        });
    }

    @Override
    public void meters(LedgerQuery query, Consumer<? super MeterSummary> to) {
        tallies(query, Set.of()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Group.ORDER))
                .limit(query.limit() == null ? Long.MAX_VALUE : query.limit())
                .map(entry -> summary(entry.getKey().meter(), entry.getValue()))
                .forEachOrdered(to);
    }

    private static MeterSummary summary(Meter meter, Tally tally) {
        return new MeterSummary(meter, tally.count(), tally.first(), tally.last());
    }

    @Override
    public void statistics(LedgerQuery query, Set<Grouping> groupBy, Consumer<? super MeterStatistics> to) {
        tallies(query, groupBy).entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Group.ORDER))
                .limit(query.limit() == null ? Long.MAX_VALUE : query.limit())
                .map(entry -> entry.getKey().statistics(entry.getValue()))
                .forEachOrdered(to);
    }

    private Map<Group, Tally> tallies(LedgerQuery query, Set<Grouping> groupBy) {
        Map<Group, Tally> tallies = new HashMap<>();
        samplesUntil(query, sample -> {
            tallies.computeIfAbsent(Group.of(sample, groupBy), group -> new Tally())
                    .add(sample);
            return true;
        });
        return tallies;
    }

    private record Group(
            Meter meter,
            @Nullable String resource,
            @Nullable String project,
            @Nullable String user) {
        private static final Comparator<String> NONE_FIRST = Comparator.nullsFirst(Comparator.<String>naturalOrder());
        static final Comparator<Group> ORDER = (a, b) -> {
            int meters = BY_NAME.compare(a.meter, b.meter);
            int resources = meters != 0 ? meters : NONE_FIRST.compare(a.resource, b.resource);
            int projects = resources != 0 ? resources : NONE_FIRST.compare(a.project, b.project);
            return projects != 0 ? projects : NONE_FIRST.compare(a.user, b.user);
        };

        static Group of(Sample sample, Set<Grouping> groupBy) {
            return new Group(
                    sample.meter(),
                    groupBy.contains(Grouping.RESOURCE) ? sample.resourceId() : null,
                    groupBy.contains(Grouping.PROJECT) ? sample.projectId() : null,
                    groupBy.contains(Grouping.USER) ? sample.userId() : null);
        }

        MeterStatistics statistics(Tally tally) {
            return new MeterStatistics(
                    meter,
                    resource,
                    project,
                    user,
                    tally.count(),
                    tally.min(),
                    tally.max(),
                    tally.sum(),
                    tally.first(),
                    tally.last());
        }
    }
}
