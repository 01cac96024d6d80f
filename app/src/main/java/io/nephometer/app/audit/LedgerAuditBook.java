// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.AuditKey;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditBook;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.ledger.AuditDesk;
import io.nephometer.store.ledger.AuditDesk.Grant;
import io.nephometer.store.ledger.AuditView.Run;
import io.nephometer.store.ledger.AuditView.State;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The book of audits in the ledger.
 *
 * @param ledger empty while it cannot be reached
 * @param owner who does audits here
 * @param lease how long an audit is ours after we were heard of
 */
record LedgerAuditBook(Supplier<Optional<Ledger>> ledger, String owner, Duration lease) implements AuditBook {
    private interface Question<T> {
        T ask(AuditDesk desk);
    }

    private <T> T ask(Question<T> question) throws AuditException {
        try {
            Optional<Ledger> open = ledger.get();
            if (open.isEmpty()) {
                throw new AuditException("the ledger cannot be reached", null);
            }
            return question.ask(open.get().audits());
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Instant now() throws AuditException {
        return ask(AuditDesk::agreed);
    }

    @Override
    public Set<AuditKey> done(String task, Period period) throws AuditException {
        return ask(desk -> desk.runs(task, period)).stream()
                .filter(run -> run.state() == State.DONE)
                .map(Run::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Changes changes(String task, Instant since, Instant after) throws AuditException {
        Set<AuditKey> done = new HashSet<>();
        Set<AuditKey> open = new HashSet<>();
        ask(desk -> desk.changes(task, since, after))
                .forEach((key, state) -> (state == State.DONE ? done : open).add(key));
        return new Changes(done, open);
    }

    @Override
    public Set<AuditKey> open(String task) throws AuditException {
        return ask(desk -> desk.open(task));
    }

    @Override
    public Optional<Instant> latest(String task) throws AuditException {
        return ask(desk -> desk.latest(task));
    }

    @Override
    public Optional<Hold> begin(AuditKey key, Inventory.Place place) throws AuditException {
        Instant known = place.watermark();
        Instant watermark = known == null ? Instant.EPOCH : known;
        return ask(desk -> desk.begin(key, owner, lease, place.source(), watermark))
                .map(Held::new);
    }

    private static AuditDesk.Tally tally(Tally tally) {
        return new AuditDesk.Tally(tally.position(), tally.items(), tally.errors(), tally.unsure());
    }

    /** An audit that the desk has granted. */
    private final class Held implements Hold {
        private final Grant grant;

        Held(Grant grant) {
            this.grant = grant;
        }

        @Override
        public String position() {
            return grant.position();
        }

        @Override
        public long items() {
            return grant.items();
        }

        @Override
        public long errors() {
            return grant.errors();
        }

        @Override
        public boolean progress(Tally tally) throws AuditException {
            return ask(desk -> desk.progress(grant, tally(tally), lease));
        }

        @Override
        public boolean done(Tally tally, String message) throws AuditException {
            return ask(desk -> desk.end(grant, State.DONE, tally(tally), message));
        }

        @Override
        public void failed(Tally tally, String message) throws AuditException {
            boolean _ = ask(desk -> desk.end(grant, State.FAILED, tally(tally), message));
        }
    }
}
