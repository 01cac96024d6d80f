// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.BodyHash;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Failure;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.Processed;
import io.nephometer.pipeline.batch.BatchLimits;
import io.nephometer.sources.files.FileReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
    @TempDir
    Path folder;

    /** The store that answers every probe and takes nothing is the one that looks most like success. */
    @Test
    void givingUp_isNeverSuccess_evenIfTheStoreAnswersAgain() throws IOException {
        AtomicLong now = new AtomicLong();
        LedgerWriter takesNothing = new LedgerWriter() {
            @Override
            public CommitOutcome commit(LedgerBatch batch) {
                now.addAndGet(Duration.ofSeconds(31).toNanos());
                return new CommitOutcome.Unavailable("table intake is locked");
            }

            @Override
            public boolean isAvailable() {
                return true;
            }
        };
        try (FileReceiver receiver = new FileReceiver(List.of(file("{}")))) {
            Ingest ingest = new Ingest(
                    receiver,
                    BatchLimits.defaults(),
                    message -> new Processed.Unprocessable(
                            message,
                            null,
                            new BodyHash(0, 0),
                            new Failure(Failure.Step.DECODE, Failure.Kind.MISSING_MESSAGE_ID, "none")),
                    takesNothing,
                    now::get,
                    new Tally());

            assertThat(ingest.run()).isEqualTo(Optional.of("table intake is locked"));
        }
    }

    private Path file(String line) throws IOException {
        return Files.writeString(folder.resolve("recorded.jsonl"), line);
    }
}
