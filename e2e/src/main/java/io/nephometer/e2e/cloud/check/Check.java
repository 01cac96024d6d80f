// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.check;

import io.nephometer.app.cli.CommandFailure;
import io.nephometer.e2e.cloud.process.Launcher;
import io.nephometer.store.ledger.LedgerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that runs the product on a cloud and checks what it says. It ends with 0 if both say the same, with 1 if not. */
public abstract class Check implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Launcher launcher = List::of;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "A folder that no run has used yet; not given: a temporary one.")
    private @Nullable Path output;

    /**
     * Runs the product, and holds it against the cloud. What it starts it ends before it returns or throws, and so does one whose
     * thread is interrupted.
     *
     * @param told what is going on
     * @throws Exception if nothing can be said
     */
    protected abstract Verdict check(PrintWriter told) throws Exception;

    @Override
    public final Integer call() throws Exception {
        PrintWriter told = spec.commandLine().getErr();
        try (Interruption _ = Interruption.of(Thread.currentThread(), told)) {
            Verdict verdict = check(told);
            verdict.print(spec.commandLine().getOut());
            return verdict.isClean() ? 0 : 1;
        } catch (LedgerException e) {
            throw CommandFailure.failed("the ledger of the run (--store): " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw CommandFailure.failed("interrupted before anything can be said", e);
        }
    }

    /** What stands for {@code nephometer} on the command line. */
    protected final List<String> product() {
        return launcher.command();
    }

    /** Makes the folder of the run, and tells which it is. */
    protected final Path folder(PrintWriter told) throws IOException {
        Path folder = output == null
                ? Files.createTempDirectory("nephometer-cloud-")
                : Files.createDirectories(output.toAbsolutePath());
        told.println("output: " + folder);
        return folder;
    }

    /** What is made of options; an {@link IllegalArgumentException} is wrong usage, not a defect. */
    protected final <T> T fromOptions(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
