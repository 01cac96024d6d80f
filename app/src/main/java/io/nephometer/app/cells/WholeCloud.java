// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.inventory.shared.refresh.ReadingWitness;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.List;

/** Tells a witness that a reading is complete only if no cell was left out of it: what is not known to be there must not count as gone. */
record WholeCloud(ReadingWitness witness, CellLists lists) implements ReadingWitness {
    @Override
    public Wish wish() {
        return witness.wish();
    }

    @Override
    public void told(List<Server> servers, Instant at) {
        witness.told(servers, at);
    }

    @Override
    public void complete(Window window) {
        if (lists.hadAllChanges()) {
            witness.complete(window);
        }
    }

    @Override
    public void toldAll(Instant begun) {
        if (lists.leftOut().isEmpty()) {
            witness.toldAll(begun);
        }
    }
}
