// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.Period;
import io.nephometer.model.Sample;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Measurements;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.SlotMember;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Measurements as some copy of the ledger has them. Which slots are missing, and which came late, is asked of the same copy, before its samples:
 * what an old copy lacks, and what comes meanwhile, is then missing as well.
 */
record LedgerMeasurements(AuditReads reads) implements Measurements {
    /** The longest interval of slots that is looked at. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    @Override
    public <F extends Consumer<Sample>> Answer<F> read(
            String meters, Instant from, Instant to, Duration slice, Supplier<F> fresh) throws AuditException {
        AuditReads.Read<Answer<F>> read = reads.read(open -> {
            Set<Behind> behind = behind(open, to);
            F taker = fresh.get();
            samples(open, meters, new Period(from, to), slice, taker);
            return new Answer<>(taker, "", null, behind);
        });
        return from(read);
    }

    private static <F> Answer<F> from(AuditReads.Read<Answer<F>> read) {
        return new Answer<>(
                read.value().taker(),
                read.source(),
                read.complete(),
                read.value().behind());
    }

    @Override
    public Set<Behind> behind(Instant end) throws AuditException {
        return reads.read(open -> behind(open, end)).value();
    }

    @Override
    public <F extends Taker> Answer<F> read(Wanted wanted, Supplier<F> fresh) throws AuditException {
        AuditReads.Read<Answer<F>> read = reads.complete(wanted.complete(), open -> {
            Set<Behind> behind = behind(open, wanted.period().end());
            F taker = fresh.get();
            taker.expect(news(open, wanted));
            for (Period time : open.slots().cameSince(wanted.from(), wanted.from())) {
                samples(open, wanted.meters(), time, wanted.slice(), taker);
            }
            Period time = new Period(wanted.from(), wanted.period().end());
            samples(open, wanted.meters(), time, wanted.slice(), taker);
            return new Answer<>(taker, "", null, behind);
        });
        return from(read);
    }

    private static News news(LedgerView open, Wanted wanted) {
        if (wanted.news().equals(Instant.MAX)) {
            return News.NONE;
        }
        Map<String, List<Period>> came =
                open.slots().cameSinceByMember(wanted.news(), wanted.period().begin());
        return came.isEmpty()
                ? News.NONE
                : new News(
                        came,
                        open.slots().members().stream().map(SlotMember::member).collect(Collectors.toSet()));
    }

    private static void samples(LedgerView open, String meters, Period time, Duration slice, Consumer<Sample> taker) {
        LedgerQuery query = LedgerQuery.ALL.withMeter(meters);
        for (Instant start = time.begin(); start.isBefore(time.end()); start = start.plus(slice)) {
            Instant end = start.plus(slice);
            open.reader().samples(query.between(start, end.isBefore(time.end()) ? end : time.end()), taker);
        }
    }

    @Override
    public Set<Behind> behind(Wanted wanted) throws AuditException {
        return reads.complete(
                        wanted.complete(), open -> behind(open, wanted.period().end()))
                .value();
    }

    private static Set<Behind> behind(LedgerView open, Instant end) {
        Map<Behind, SlotRecord> last = new HashMap<>();
        open.slots()
                .slots(
                        SlotQuery.ALL.between(end.minus(LONGEST), end),
                        record -> last.merge(
                                new Behind(record.slot().source(), record.member()),
                                record,
                                (one, other) ->
                                        other.slot().start().isBefore(one.slot().start()) ? one : other));
        return last.entrySet().stream()
                .filter(entry -> entry.getValue().state() == SlotState.MISSING
                        || entry.getValue().state() == SlotState.AWAITED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
