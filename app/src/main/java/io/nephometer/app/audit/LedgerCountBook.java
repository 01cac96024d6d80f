// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.Period;
import io.nephometer.model.UsageCarry;
import io.nephometer.model.UsageCount;
import io.nephometer.model.UsageStep;
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
    public Map<String, UsageCarry> carries(String task) throws AuditException {
        return ask(desk -> {
            Map<String, UsageCarry> carries = new HashMap<>();
            desk.carries(task, carry -> carries.put(carry.subject(), carry));
            return carries;
        });
    }

    @Override
    public void count(String task, Period period, Collection<UsageStep> steps) throws AuditException {
        int _ = ask(desk -> desk.count(task, period, steps));
    }

    @Override
    public List<UsageCount> counted(String task, Period period, int share) throws AuditException {
        return ask(desk -> {
            List<UsageCount> counted = new ArrayList<>();
            desk.counted(task, period, share, counted::add);
            return counted;
        });
    }
}
