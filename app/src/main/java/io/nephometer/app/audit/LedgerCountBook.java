// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.CountBook;
import io.nephometer.store.ledger.CountDesk;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What was counted, in the ledger.
 *
 * @param ledger empty while it cannot be reached
 */
record LedgerCountBook(Supplier<Optional<Ledger>> ledger) implements CountBook {
    private <T> T ask(Function<CountDesk, T> question) throws AuditException {
        try {
            Optional<Ledger> open = ledger.get();
            if (open.isEmpty()) {
                throw new AuditException("the ledger cannot be reached", null);
            }
            return question.apply(open.get().counts());
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Map<String, Carry> carries(String task) throws AuditException {
        return ask(desk -> {
            Map<String, Carry> carries = new HashMap<>();
            desk.carries(task, carry -> carries.put(carry.subject(), new Carry(carry.until(), carry.content())));
            return carries;
        });
    }

    @Override
    public void count(String task, Period period, Collection<Count> counts) throws AuditException {
        List<CountDesk.Count> rows = counts.stream()
                .map(one -> new CountDesk.Count(one.subject(), one.share(), one.carried(), one.counted(), one.carry()))
                .toList();
        int _ = ask(desk -> desk.count(task, period, rows));
    }

    @Override
    public List<Counted> counted(String task, Period period, int share) throws AuditException {
        return ask(desk -> {
            List<Counted> counted = new ArrayList<>();
            desk.counted(task, period, share, row -> counted.add(new Counted(row.subject(), row.content())));
            return counted;
        });
    }
}
