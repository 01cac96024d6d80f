// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.cli.CommandLineFrame;
import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.store.ledger.LedgerException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

final class CheckTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    /** What a check does beside what all do. */
    @FunctionalInterface
    private interface Body {
        Verdict check() throws Exception;
    }

    @Command(name = "sample")
    private static final class Sample extends Check {
        private final Body body;

        Sample(Body body) {
            this.body = body;
        }

        @Override
        protected Verdict check(PrintWriter told) throws Exception {
            folder(told);
            return body.check();
        }
    }

    private int run(Body body) {
        return CommandLineFrame.of(new Sample(body), new PrintWriter(out), new PrintWriter(err))
                .execute("--output", folder.toString());
    }

    private static Verdict verdict(boolean isClean) {
        Layout<String> layout = new Layout<>(List.of(Column.text("meter", row -> row)), row -> Map.of("meter", row));
        return new Verdict(isClean, new Verdict.Table<>(layout, List.of("cpu")), List.of("one"), Map.of("found", 2));
    }

    @Test
    void tableDifferencesAndFiguresArePrintedInThisOrder() {
        assertThat(run(() -> verdict(true))).isZero();

        assertThat(out.toString().lines().map(String::strip)).endsWith("one", "{\"found\":2}");
        assertThat(out.toString().indexOf("cpu")).isBetween(0, out.toString().indexOf("one"));
        assertThat(err.toString()).contains("output: " + folder);
    }

    @Test
    void aDifferenceIsExitCodeOne() {
        assertThat(run(() -> verdict(false))).isEqualTo(1);
    }

    @Test
    void aLedgerThatFailsIsNoDefectOfTheProgram() {
        int exitCode = run(() -> {
            throw new LedgerException(LedgerException.Kind.UNREACHABLE, "nobody listens", null);
        });

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("--store", "nobody listens").doesNotContain("defect");
    }

    @Test
    void whoIsInterruptedEndsWhatItStartedBeforeTheProgramEnds() throws Exception {
        CompletableFuture<Interruption> signalled = new CompletableFuture<>();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Thread run = Thread.ofVirtual().start(() -> {
            try (Interruption interruption = Interruption.of(Thread.currentThread(), new PrintWriter(err))) {
                signalled.complete(interruption);
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException _) {
                    order.add("the run has ended what it started");
                }
            }
        });

        signalled.get(1, TimeUnit.MINUTES).interrupt();
        order.add("the program ends");

        assertThat(order).containsExactly("the run has ended what it started", "the program ends");
        run.join();
    }
}
