// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.model.Failure;
import io.nephometer.model.MessageId;
import io.nephometer.model.Processed;
import io.nephometer.model.Sample;
import io.nephometer.pipeline.preview.Preview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message would become, for people. */
final class ProcessedText {
    private ProcessedText() {}

    static String of(Processed processed) {
        return switch (processed) {
            case Processed.Converted it ->
                text(new Preview(
                        it.id().text(),
                        WireForms.event(it.event()),
                        forms(it.samples()),
                        List.of(),
                        null,
                        null,
                        List.of()));
            case Processed.SamplesOnly it -> withoutEvent(it.id(), it.samples(), "no event: it only carries samples");
            case Processed.Measured it ->
                withoutEvent(it.id(), it.samples(), "no event: it carries part of a polling slot");
            case Processed.Unmatched it ->
                withoutEvent(
                        it.id(), it.samples(), "no event: no definition is for its type, and such types are dropped");
            case Processed.EventRefused it -> withoutEvent(it.id(), it.samples(), failure(it.failure()));
            case Processed.Unprocessable it -> withoutEvent(it.id(), List.of(), failure(it.failure()));
        };
    }

    private static String withoutEvent(@Nullable MessageId id, List<Sample> samples, String remark) {
        return text(new Preview(
                id == null ? "without id" : id.text(), null, forms(samples), List.of(), null, null, List.of(remark)));
    }

    private static List<java.util.Map<String, @Nullable Object>> forms(List<Sample> samples) {
        return samples.stream().map(WireForms::sample).toList();
    }

    private static String text(Preview preview) {
        return PreviewText.of(preview);
    }

    /** The reason in one line. */
    static String failure(Failure failure) {
        return failure.kind() + ": " + failure.detail();
    }

    /** Whether it would wait in recovery again. */
    static boolean isWaiting(Processed processed) {
        return switch (processed) {
            case Processed.Converted _, Processed.SamplesOnly _, Processed.Measured _, Processed.Unmatched _ -> false;
            case Processed.EventRefused _, Processed.Unprocessable _ -> true;
        };
    }
}
