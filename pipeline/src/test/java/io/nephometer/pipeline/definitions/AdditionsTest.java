// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.pipeline.preview.NotificationPreview;
import io.nephometer.pipeline.preview.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory of local definitions over the shipped ones. */
final class AdditionsTest {
    private static final String METERS = """
            metric:
              - name: image.size
                type: gauge
                unit: MB
                event_type: image\\.upload
                volume: payload.size
                resource_id: payload.id
              - name: image.count
                type: delta
                unit: image
                event_type: image\\.upload
                volume: 1
                resource_id: payload.id
            """;

    @TempDir
    Path additions;

    @BeforeEach
    void writeMeters() throws IOException {
        Files.createDirectory(additions.resolve("meters.d"));
        Files.writeString(additions.resolve("meters.d").resolve("local.yaml"), METERS);
    }

    @Test
    void aLocalMeterReplacesTheShippedOneOfItsNameAndOthersAreAdded() throws DefinitionsException {
        Preview upload = preview("image.upload");
        assertThat(upload.samples())
                .extracting(sample -> sample.get("name") + " " + sample.get("unit"))
                .containsExactly("image.count image", "image.size MB");
        assertThat(preview("image.delete").samples()).isEmpty();
    }

    @Test
    void whatLocalDefinitionsDoNotNameIsAsShipped() throws DefinitionsException {
        assertThat(preview("image.send").samples())
                .extracting(sample -> sample.get("name"))
                .containsExactly("image.download", "image.serve");
        assertThat(traits(preview("image.upload"))).contains("resource_id", "size");
    }

    @Test
    void aLocalEventDefinitionWinsOverTheShippedOnes() throws IOException, DefinitionsException {
        Files.writeString(
                additions.resolve("event_definitions.yaml"),
                "[{event_type: image.upload, traits: {checksum: payload.checksum}}]");
        assertThat(traits(preview("image.upload"))).containsExactly("checksum", "service");
        assertThat(traits(preview("image.delete"))).contains("resource_id", "size");
    }

    @Test
    void aFolderWithoutDefinitionsIsRefusedByName() {
        Path wrong = additions.resolve("meters.d");
        assertThatThrownBy(() -> Definitions.load(null, wrong, DefinitionOptions.DEFAULTS))
                .isInstanceOf(DefinitionsException.class)
                .hasMessageContaining(wrong.toString());
    }

    private Preview preview(String eventType) throws DefinitionsException {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("id", "i");
        payload.put("image_id", "i");
        payload.put("size", 5L);
        payload.put("bytes_sent", 5L);
        payload.put("checksum", "c");
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("message_id", "m");
        message.put("event_type", eventType);
        message.put("priority", "INFO");
        message.put("publisher_id", "image.host");
        message.put("timestamp", "2026-11-22 01:00:00");
        message.put("payload", payload);
        return new NotificationPreview(Definitions.load(null, additions, DefinitionOptions.DEFAULTS)).of(message);
    }

    private static List<Object> traits(Preview preview) {
        return preview.event() != null && preview.event().get("traits") instanceof List<?> traits
                ? traits.stream()
                        .map(trait -> (Object) ((List<?>) trait).getFirst())
                        .toList()
                : List.of();
    }
}
