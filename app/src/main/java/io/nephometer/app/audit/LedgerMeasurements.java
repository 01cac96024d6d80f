// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.Sample;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Measurements;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Measurements as some copy of the ledger has them. Which slots are missing is asked of the same copy, before its samples: an old copy lacks the
 * slots, too.
 */
record LedgerMeasurements(AuditReads reads) implements Measurements {
    /** The longest interval of slots that is looked at. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    @Override
    public <F extends Consumer<Sample>> Answer<F> read(
            String meters, Instant from, Instant to, Duration slice, Supplier<F> fresh) throws AuditException {
        LedgerQuery query = LedgerQuery.ALL.withMeter(meters);
        AuditReads.Read<Answer<F>> read = reads.read(open -> {
            Set<Behind> behind = behind(open, to);
            F taker = fresh.get();
            for (Instant start = from; start.isBefore(to); start = start.plus(slice)) {
                Instant end = start.plus(slice);
                open.reader().samples(query.between(start, end.isBefore(to) ? end : to), taker);
            }
            return new Answer<>(taker, "", behind);
        });
        return new Answer<>(read.value().taker(), read.source(), read.value().behind());
    }

    @Override
    public Set<Behind> behind(Instant end) throws AuditException {
        return reads.read(open -> behind(open, end)).value();
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
