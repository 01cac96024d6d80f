// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.model.Bytes;
import io.nephometer.model.Processed;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.RecoveryEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nephometer recovery edit}. */
@Command(
        name = "edit",
        description = {
            "Give the message another body, in the editor that $VISUAL or $EDITOR names, or from a file; says what the message"
                    + " would become now. The old body stays in the history; secrets are masked as on arrival.",
            "A message that stands opened in its envelope, as recovery show --body prints it, is put back into it."
        })
final class RecoveryEditCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private ProcessorOption processing;

    @Option(
            names = "--body-file",
            paramLabel = "FILE",
            description = "The new body; - is standard input. Without it the editor is started.")
    private @Nullable String bodyFile;

    @Option(names = "--note", defaultValue = "", paramLabel = "TEXT", description = "Why, for whoever looks later.")
    private String note = "";

    @Parameters(paramLabel = "ID", description = "Id as recovery list shows it, or its beginning.")
    private String id;

    @Override
    public Integer call() throws CommandFailure, ConfigException, IOException, InterruptedException {
        MessageProcessor processor = processing.processor();
        PrintWriter out = spec.commandLine().getOut();
        Bytes given = bodyFile == null ? null : read(bodyFile);
        try (Ledger ledger = store.openExisting()) {
            RecoveryEntry entry = RecoveryLookup.findOpen(ledger.recovery(), id);
            Bytes before = entry.message().body();
            Bytes edited = given == null ? Editor.edit(BodyText.editable(before), id) : given;
            Processed processed = processor.process(entry.message().withBody(BodyText.closed(edited, before)));
            // Masked by the pipeline, as on arrival: what a human types may hold secrets too.
            Bytes body = processed.raw().body();
            if (body.equals(before)) {
                out.println(RecoveryForms.shortId(entry) + "  the body is the same; nothing was changed");
                return ExitCode.DONE;
            }
            if (!ledger.recovery().edit(entry, body, note)) {
                throw RecoveryLookup.changedMeanwhile(entry);
            }
            String shortId = RecoveryForms.shortId(entry);
            out.println(shortId + "  edited; it would become:");
            out.print(ProcessedText.of(processed));
            out.println("It waits until you run: recovery retry " + shortId);
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        } finally {
            out.flush();
        }
        return ExitCode.DONE;
    }

    private static Bytes read(String file) throws IOException {
        return Bytes.wrap(file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file)));
    }
}
