// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nephometer store migrate}. */
@Command(
        name = "migrate",
        description =
                "Make the tables of a ledger, or bring those of an older version up to date. Does nothing if they are.")
final class StoreMigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Override
    public Integer call() throws CommandFailure {
        StoreUrl url = store.address();
        try {
            Ledgers.migrate(url, LedgerOptions.DEFAULTS);
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("the ledger " + url + " is up to date");
        out.flush();
        return ExitCode.DONE;
    }
}
