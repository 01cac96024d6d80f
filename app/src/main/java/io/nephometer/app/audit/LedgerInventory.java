// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.audit.AuditReads.Read;
import io.nephometer.model.InstanceShare;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.ledger.InventoryReader;
import io.nephometer.store.ledger.InventoryReader.Mark;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The inventory as some copy of the ledger has it. The mark is read in the same state of that copy as the instances, so an old copy says itself
 * how old it is.
 */
record LedgerInventory(AuditReads reads) implements Inventory {
    @Override
    public Place place(Instant needed) throws AuditException {
        Read<Optional<Mark>> mark = reads.read(view -> view.inventory().mark(InventoryFeed.SOURCE));
        return marked(mark.value(), mark.source());
    }

    static Place marked(Optional<Mark> mark, String source) {
        Instant future = mark.map(Mark::future).orElse(null);
        return new Place(
                future == null ? source : source + "; its mark lies in the future, at " + future,
                mark.map(Mark::from).orElse(null),
                mark.map(Mark::until).orElse(null));
    }

    @Override
    public Window window(Period period, int share, Instant needed) throws AuditException {
        return window(inventory -> inventory.window(InventoryFeed.SOURCE, period, share));
    }

    /** Of one share of instances. */
    Window window(Period period, InstanceShare share) throws AuditException {
        return window(inventory -> inventory.window(InventoryFeed.SOURCE, period, share));
    }

    @Override
    public Window window(Period period, Set<String> instances, Instant needed) throws AuditException {
        return window(inventory -> inventory.window(InventoryFeed.SOURCE, period, instances));
    }

    private Window window(Function<InventoryReader, InventoryReader.Window> question) throws AuditException {
        Read<InventoryReader.Window> window = reads.read(view -> question.apply(view.inventory()));
        return new Window(
                marked(window.value().mark(), window.source()),
                window.value().instances(),
                window.value().unsure());
    }
}
