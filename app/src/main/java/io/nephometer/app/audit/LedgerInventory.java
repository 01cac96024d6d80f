// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.ledger.InventoryReader;
import io.nephometer.store.ledger.InventoryReader.Mark;
import io.nephometer.store.ledger.LedgerException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The inventory as one copy of the ledger has it. The mark is read in the same state of that copy as the instances, so an old copy says itself
 * how old it is.
 *
 * @param reader empty while the copy cannot be reached
 * @param name of the copy, for people
 */
record LedgerInventory(Supplier<? extends Optional<? extends InventoryReader>> reader, String name)
        implements Inventory {
    @Override
    public Place place(Instant needed) throws AuditException {
        return marked(ask(open -> open.mark(InventoryFeed.SOURCE)));
    }

    private Place marked(Optional<Mark> mark) {
        return new Place(
                name, mark.map(Mark::from).orElse(null), mark.map(Mark::until).orElse(null));
    }

    @Override
    public Window window(Period period, int share, Instant needed) throws AuditException {
        InventoryReader.Window window = ask(open -> open.window(InventoryFeed.SOURCE, period, share));
        return new Window(marked(window.mark()), window.instances());
    }

    private interface Question<T> {
        T ask(InventoryReader reader);
    }

    private <T> T ask(Question<T> question) throws AuditException {
        try {
            Optional<? extends InventoryReader> open = reader.get();
            if (open.isEmpty()) {
                throw new AuditException("the ledger (" + name + ") cannot be reached", null);
            }
            return question.ask(open.get());
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }
}
