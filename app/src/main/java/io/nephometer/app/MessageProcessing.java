// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.DefinitionsConfig;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.pipeline.polled.SampleSignatures;
import io.nephometer.runtime.config.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** From configuration to what decides what a message becomes. */
public final class MessageProcessing {
    private MessageProcessing() {}

    /**
     * Loads what the configuration names, as a process does when it starts.
     *
     * @throws DefinitionsException if anything is wrong with it, a single faulty meter included
     */
    public static Definitions definitions(DefinitionsConfig config) throws DefinitionsException {
        return Definitions.loadFaultless(config.directory(), config.additions(), options(config));
    }

    static DefinitionOptions options(DefinitionsConfig config) {
        return new DefinitionOptions(
                config.dropUnmatchedNotifications(),
                Set.copyOf(config.storeRaw()),
                config.reservedMetadataNamespace(),
                config.reservedMetadataKeys(),
                config.reservedMetadataLength());
    }

    /** Larger bodies are not parsed. */
    public static int maxBodyBytes(Configuration config) {
        return Math.toIntExact(config.collector().maxMessageBytes().bytes());
    }

    /** Whether polled samples must be signed. */
    public static SampleSignatures signatures(Configuration config) {
        Secret secret = config.collector().sampleSecret();
        return secret == null ? SampleSignatures.NOT_ASKED_FOR : SampleSignatures.required(secret);
    }

    /** What times are accepted: nothing that may come back after its intake row has gone. */
    public static TimeWindow window(Configuration config, InstantSource clock) {
        Duration longest = config.store().retention().longest();
        return longest == null ? TimeWindow.unlimited(clock) : TimeWindow.ofRetention(clock, longest);
    }
}
