// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What decides what a message becomes: the definitions and the bounds, as the collector has them in its configuration. */
final class ProcessorOption {
    @Mixin
    private DefinitionsOption definitions;

    @Option(
            names = "--max-message-bytes",
            defaultValue = "8MiB",
            paramLabel = "SIZE",
            description = "Larger messages are not read; default: ${DEFAULT-VALUE}.")
    private ByteSize maxMessageBytes = new ByteSize(8 << 20);

    @Option(
            names = "--retention",
            paramLabel = "DURATION",
            description = "Older messages are not taken, such as 90d: give the longer of store.retention.events and"
                    + " store.retention.samples if the ledger removes old rows. Any age unless given.")
    private @Nullable Duration retention;

    /** The same way that messages of the bus go. */
    MessageProcessor processor() throws CommandFailure {
        var loaded = definitions.load();
        TimeWindow window = retention == null
                ? TimeWindow.unlimited(WallClock.system())
                : TimeWindow.ofRetention(WallClock.system(), retention);
        int limit = (int) Math.min(Integer.MAX_VALUE, maxMessageBytes.bytes());
        return new NotificationProcessor(new NotificationDecoder(limit, window), () -> loaded, dropped -> {});
    }
}
