// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import picocli.CommandLine.Option;

/** {@code --store URL}, on every command that works on a ledger. */
final class StoreOption {
    private static final String IN_USE =
            ". Nothing was changed. Stop that process, repeat this command, and start it again: what arrives meanwhile"
                    + " waits in its queue. Commands that only look (list, show, --dry-run) work beside it; with PostgreSQL"
                    + " all of them do.";

    @Option(
            names = "--store",
            required = true,
            paramLabel = "URL",
            description = "The ledger: sqlite:PATH, postgresql://user:password@host:port/database or mariadb://…")
    private String url = "";

    /** Opens it for writing; makes it if there is none. */
    Ledger open() throws CommandFailure {
        StoreUrl address = address();
        try {
            return Ledgers.open(address, LedgerOptions.DEFAULTS, WallClock.system());
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
    }

    /** Opens it for writing if it is there; never makes one, so that a misspelt address is told. */
    Ledger openExisting() throws CommandFailure {
        openReadOnly().close();
        StoreUrl address = address();
        try {
            return Ledgers.open(address, LedgerOptions.DEFAULTS, WallClock.system());
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage() + (e.kind() == LedgerException.Kind.IN_USE ? IN_USE : ""), e);
        }
    }

    /** Opens it for reading, beside whoever writes to it. */
    LedgerView openReadOnly() throws CommandFailure {
        StoreUrl address = address();
        try {
            return Ledgers.openReadOnly(address, LedgerOptions.DEFAULTS, WallClock.system());
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
    }

    StoreUrl address() throws CommandFailure {
        try {
            return StoreUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }
}
