// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.app.output.RowWriter;
import io.nephometer.app.output.Terminal;
import io.nephometer.store.ledger.LedgerException;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** Prints what a ledger answers, as it comes. */
final class Listing {
    private Listing() {}

    /** A question that tells each answer. */
    interface Question<T> {
        void ask(Consumer<? super T> to);
    }

    /** Prints all answers, until whoever reads them goes away. */
    static <T> void print(OutputFormat format, Layout<T> layout, PrintWriter out, Question<T> question)
            throws CommandFailure {
        try (RowWriter<T> rows = RowWriter.open(format, layout, out, Terminal.detect())) {
            question.ask(row -> {
                rows.write(row);
                if (rows.isAbandoned()) {
                    throw new AbandonedException();
                }
            });
        } catch (AbandonedException e) {
            // As head does it: no reason to say anything.
            return;
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
    }

    /** Whoever reads the answers has gone away. */
    private static final class AbandonedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AbandonedException() {
            super(null, null, false, false);
        }
    }
}
