// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.pipeline.preview.Preview;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A preview for people: a block of lines for each notification. */
final class PreviewText {
    private static final List<String> DTYPES = List.of("", "text", "int", "float", "datetime");

    private PreviewText() {}

    static String of(Preview preview) {
        StringBuilder text = new StringBuilder();
        Map<String, @Nullable Object> event = preview.event();
        text.append("notification ").append(preview.messageId()).append('\n');
        if (event == null) {
            text.append("  no event\n");
        } else {
            text.append("  event ")
                    .append(event.get("event_type"))
                    .append(" at ")
                    .append(event.get("generated"))
                    .append('\n');
            traits(event.get("traits"), text);
        }
        preview.samples().forEach(sample -> sample(sample, text));
        if (preview.samples().isEmpty()) {
            text.append("  no samples\n");
        }
        Object problems = preview.toMap().get("problems");
        if (problems instanceof List<?> list) {
            list.forEach(problem -> text.append("  ! ").append(problem).append('\n'));
        }
        return text.append('\n').toString();
    }

    private static void traits(@Nullable Object traits, StringBuilder text) {
        if (traits instanceof List<?> list) {
            for (Object trait : list) {
                if (trait instanceof List<?> parts && parts.get(1) instanceof Number dtype) {
                    text.append(
                            "    %-24s %-8s %s%n".formatted(parts.get(0), DTYPES.get(dtype.intValue()), parts.get(2)));
                }
            }
        }
    }

    private static void sample(Map<String, @Nullable Object> sample, StringBuilder text) {
        text.append("  sample %s = %s %s (%s) of %s%n"
                .formatted(
                        sample.get("name"),
                        sample.get("volume"),
                        sample.get("unit"),
                        sample.get("type"),
                        sample.get("resource_id")));
    }
}
