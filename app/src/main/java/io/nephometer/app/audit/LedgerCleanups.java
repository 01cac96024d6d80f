// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.CleanupKind;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.CleanupBook;
import io.nephometer.sources.audits.CountedSubject;
import io.nephometer.store.ledger.CleanupDesk;
import io.nephometer.store.ledger.CleanupView;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is to be removed after instances, in the ledger.
 *
 * @param ledger empty while it cannot be reached
 */
record LedgerCleanups(Supplier<Optional<Ledger>> ledger) implements CleanupBook {
    private <T> T ask(Function<CleanupDesk, T> question) throws AuditException {
        try {
            Optional<Ledger> open = ledger.get();
            if (open.isEmpty()) {
                throw new AuditException("the ledger cannot be reached", null);
            }
            return question.apply(open.get().cleanups());
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    private static CleanupView.Target target(Target target) {
        return new CleanupView.Target(target.kind(), target.instance(), target.host());
    }

    private static List<Entry> entries(List<CleanupView.Entry> found) {
        return found.stream().map(LedgerCleanups::entry).toList();
    }

    private static Entry entry(CleanupView.Entry found) {
        CleanupView.Target target = found.target();
        return new Entry(
                new Target(target.kind(), target.instance(), target.host()),
                found.attempts(),
                found.lastTried(),
                found.givenUp(),
                found.detail());
    }

    @Override
    public boolean attempt(Target target, Instant tick, int most, String detail) throws AuditException {
        return ask(desk -> desk.attempt(target(target), tick, most, detail)).counted();
    }

    @Override
    public boolean clean(Target target, Collection<Left> left, Instant tick) throws AuditException {
        List<CleanupDesk.Carry> carries = left.stream()
                .map(one -> new CleanupDesk.Carry(one.task(), one.subject().text()))
                .toList();
        return ask(desk -> desk.clean(target(target), carries, tick));
    }

    @Override
    public void settle(Target target, Instant tick) throws AuditException {
        boolean _ = ask(desk -> {
            desk.settle(target(target), tick);
            return true;
        });
    }

    @Override
    public List<Entry> unsettled(CleanupKind kind) throws AuditException {
        return entries(ask(desk -> desk.unsettled(kind)));
    }

    @Override
    public List<Entry> givenUp(Instant since) throws AuditException {
        return entries(ask(desk -> desk.givenUp(since)));
    }

    @Override
    public List<Left> left(Instant before) throws AuditException {
        return ask(desk -> desk.staleCarries(before)).stream()
                .map(carry -> new Left(carry.task(), CountedSubject.of(carry.subject())))
                .toList();
    }
}
