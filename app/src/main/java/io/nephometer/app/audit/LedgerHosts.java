// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.audit.AuditReads.Read;
import io.nephometer.model.AssetKind;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Hosts;
import io.nephometer.sources.audits.Removals;
import io.nephometer.store.ledger.InventoryReader;
import java.time.Instant;
import java.util.List;

/** Hosts, and instances that have ended, as some copy of the ledger has them. */
record LedgerHosts(AuditReads reads) implements Hosts, Removals {
    @Override
    public Found hosts(Instant at, int share) throws AuditException {
        String source = AssetFeed.source(AssetKind.HOST);
        Read<InventoryReader.Assets> found =
                reads.read(view -> view.inventory().assets(source, AssetKind.HOST, at, share));
        return new Found(
                LedgerInventory.marked(found.value().mark(), found.source()),
                found.value().assets());
    }

    @Override
    public List<Ended> ended(Instant before, int share, int most) throws AuditException {
        return reads.read(view -> view.inventory().ended(before, share, most)).value().stream()
                .map(one -> new Ended(one.instance(), one.host(), one.ended()))
                .toList();
    }
}
