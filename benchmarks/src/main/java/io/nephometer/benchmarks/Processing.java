// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** The way from messages to what is committed of them, with the shipped definitions and default settings. */
public final class Processing {
    private static final int MAX_BODY_BYTES = 16 << 20;

    private Processing() {}

    /** A decoder that takes messages of any age. */
    public static NotificationDecoder decoder() {
        return new NotificationDecoder(MAX_BODY_BYTES, TimeWindow.unlimited(InstantSource.system()));
    }

    /** Those that come with the program. */
    public static Definitions definitions() {
        return Definitions.shipped(DefinitionOptions.DEFAULTS);
    }

    /** Decoder, events, samples. */
    public static NotificationProcessor processor() {
        Definitions definitions = definitions();
        return new NotificationProcessor(decoder(), () -> definitions, dropped -> {});
    }

    /** The messages in batches of {@code size}; the last one may be smaller. */
    public static Iterator<List<RawMessage>> batches(Stream<RawMessage> messages, int size) {
        return messages.gather(Gatherers.windowFixed(size)).iterator();
    }
}
