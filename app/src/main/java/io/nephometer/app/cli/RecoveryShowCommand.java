// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Terminal;
import io.nephometer.model.Bytes;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.RecoveryEntry;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nephometer recovery show}. */
@Command(
        name = "show",
        description = "Everything about an entry: why it waits, what was done to it, its properties and its body.")
final class RecoveryShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(names = "--raw", description = "Print nothing but the bytes of the body, unchanged.")
    private boolean raw;

    @Option(names = "--body", description = "Print nothing but the body, as it is shown and as edit takes it.")
    private boolean body;

    @Parameters(paramLabel = "ID", description = "Id as recovery list shows it, or its beginning.")
    private String id;

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        try (LedgerView ledger = store.openReadOnly()) {
            RecoveryEntry entry = RecoveryLookup.find(ledger.recovery(), id);
            Bytes content = entry.message().body();
            if (raw) {
                out.flush();
                // Bytes that are no text would not survive the writer.
                System.out.write(content.unsafeArray(), 0, content.size());
                System.out.flush();
            } else if (body) {
                // What goes to a file or an editor keeps its control characters.
                out.print(Terminal.detect().out() ? BodyText.of(content) : BodyText.editable(content) + "\n");
            } else {
                out.print(RecoveryEntryText.of(entry, ledger.recovery().history(entry)));
            }
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
        out.flush();
        return ExitCode.DONE;
    }
}
