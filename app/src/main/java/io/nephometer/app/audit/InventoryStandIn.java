// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.InventoryReader.Mark;
import io.nephometer.store.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether Nova is read for the inventory beside whoever refreshes the shared cache. A compute agent that refreshes has no ledger, so
 * nothing that it reads gets there; then one process that has one reads what changed, with a request of its own each time the inventory has
 * stood still for too long. Used by one thread.
 */
public final class InventoryStandIn {
    private final InventoryFeed feed;
    private final Duration patience;
    private final Duration lease;
    private final Ticker ticker;
    private final long began;

    /**
     * One that begins to wait now.
     *
     * @param feed told by the reader that this decides about, and by no other
     * @param patience how long the inventory may stand still
     * @param lease how long others leave it to the one who reads
     */
    public InventoryStandIn(InventoryFeed feed, Duration patience, Duration lease, Ticker ticker) {
        this.feed = feed;
        this.patience = patience;
        this.lease = lease;
        this.ticker = ticker;
        this.began = ticker.nanos();
    }

    /** Who is told what is read. */
    public InventoryFeed feed() {
        return feed;
    }

    /** Whether the process of that name reads now. */
    public boolean leads(String process) {
        return feed.ask(this::standsStill).orElse(false) && feed.leads(process, lease);
    }

    private boolean standsStill(Ledger open) {
        Optional<Mark> mark = open.inventory().mark(InventoryFeed.SOURCE);
        Duration still = mark.isEmpty()
                ? Duration.ofNanos(ticker.nanos() - began)
                : Duration.between(mark.get().updated(), open.audits().now());
        return still.compareTo(patience) > 0;
    }
}
