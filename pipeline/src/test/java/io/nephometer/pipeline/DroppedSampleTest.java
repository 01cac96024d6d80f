// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Bytes;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.meters.Dropped;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.testkit.Recordings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What counts as a dropped sample, shown on recorded notifications. */
final class DroppedSampleTest {
    private final Definitions shipped = Definitions.shipped(DefinitionOptions.DEFAULTS);
    private final List<Dropped> dropped = new ArrayList<>();
    private final NotificationProcessor processor = new NotificationProcessor(
            new NotificationDecoder(1 << 24, TimeWindow.unlimited(() -> Instant.parse("2026-11-22T12:00:00Z"))),
            () -> shipped,
            dropped::add);

    @Test
    void aVolumeThatIsNullIsDroppedAndTold() throws JsonException {
        process("exercise-1", "image.update");
        assertThat(dropped)
                .isNotEmpty()
                .allMatch(one -> one.meter().equals("image.size") && one.reason() == Dropped.Reason.NO_VOLUME);
    }

    @Test
    void aRequestThatMeasuresNothingDropsNothing() throws JsonException {
        process("exercise-3", "objectstore.http.request");
        assertThat(dropped).isEmpty();
    }

    private void process(String recording, String eventType) throws JsonException {
        try (Stream<String> lines = Recordings.notifications(recording)) {
            List<String> wanted = lines.filter(line -> line.contains(eventType)).toList();
            assertThat(wanted).isNotEmpty();
            for (String line : wanted) {
                Map<?, ?> captured = (Map<?, ?>) Objects.requireNonNull(Json.parse(line));
                processor.process(RawMessage.ofBody(Bytes.utf8(String.valueOf(captured.get("body")))));
            }
        }
    }
}
