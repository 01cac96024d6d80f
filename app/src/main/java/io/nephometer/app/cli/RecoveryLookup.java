// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RecoveryState;
import io.nephometer.store.ledger.RecoveryView;

/** Finds the entries that a user names. */
final class RecoveryLookup {
    private RecoveryLookup() {}

    /** The entry whose id begins so. */
    static RecoveryEntry find(RecoveryView recovery, String id) throws CommandFailure {
        try {
            return recovery.find(id).orElseThrow(() -> missing(id));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
    }

    private static CommandFailure missing(String id) {
        return CommandFailure.failed(
                "recovery has no entry whose id begins with " + id + "; recovery list --entries --state all shows them",
                null);
    }

    /** The same, if it still waits for a human. */
    static RecoveryEntry findOpen(RecoveryView recovery, String id) throws CommandFailure {
        RecoveryEntry entry = find(recovery, id);
        if (entry.state() != RecoveryState.OPEN) {
            throw CommandFailure.failed(
                    RecoveryForms.shortId(entry) + " is " + RecoveryForms.lower(entry.state())
                            + " already; nothing was done",
                    null);
        }
        return entry;
    }

    /** The entry is not any more as it was when it was read. */
    static CommandFailure changedMeanwhile(RecoveryEntry entry) {
        String id = RecoveryForms.shortId(entry);
        return CommandFailure.failed(
                id
                        + " was changed or settled by somebody else meanwhile; nothing was done. Look at it again: recovery show "
                        + id,
                null);
    }
}
