// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.MessageProcessing;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.pipeline.meters.Dropped;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What decides what a message becomes: definitions, and what the collector's configuration says about them. */
final class ProcessorOption {
    /** The same as the collector's default. */
    private static final int MAX_BODY_BYTES = 8 << 20;

    @Mixin
    private DefinitionsOption definitions;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The collector's configuration file: its definitions, retention and largest message count here"
                            + " too, in place of --definitions and the others. Give it if there is one.")
    private @Nullable Path config;

    /** The file, for commands that do not go without. */
    Configuration configuration() throws CommandFailure, ConfigException {
        if (config == null) {
            throw CommandFailure.usage("--config is needed here", null);
        }
        return ConfigurationFile.read(config).value();
    }

    /** The same way that messages of the bus go. */
    MessageProcessor processor() throws CommandFailure, ConfigException {
        return processor(dropped -> {});
    }

    /**
     * The same way that messages of the bus go.
     *
     * @param dropped told of each sample without a usable volume
     */
    MessageProcessor processor(Consumer<Dropped> dropped) throws CommandFailure, ConfigException {
        if (config == null) {
            Definitions loaded = definitions.load();
            return new NotificationProcessor(
                    new NotificationDecoder(MAX_BODY_BYTES, TimeWindow.unlimited(WallClock.system())),
                    () -> loaded,
                    dropped);
        }
        if (definitions.isGiven()) {
            throw CommandFailure.usage(
                    "--config says which definitions count; leave out the other options for them", null);
        }
        Configuration read = ConfigurationFile.read(config).value();
        try {
            Definitions loaded = MessageProcessing.definitions(read.definitions());
            return new NotificationProcessor(
                    new NotificationDecoder(
                            MessageProcessing.maxBodyBytes(read), MessageProcessing.window(read, WallClock.system())),
                    () -> loaded,
                    dropped,
                    MessageProcessing.signatures(read));
        } catch (DefinitionsException e) {
            throw DefinitionsOption.faulty(e);
        }
    }
}
