// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.model.MessageId;
import io.nephometer.pipeline.decode.IsoTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sample as a definition found it: plain JSON values of whatever type the notification has there.
 *
 * @param name of the meter, usually a text
 * @param type gauge, delta or cumulative, unless the definition looks it up
 * @param volume a number, a boolean, or a text that Python takes for a number ({@code nan} among them)
 * @param metadata plain JSON values; not to be changed, since samples of one notification share it
 * @param ordinal 0 for the first sample of this meter that the notification gave, 1 for the next
 */
public record DerivedSample(
        @Nullable Object name,
        @Nullable Object type,
        @Nullable Object unit,
        Object volume,
        @Nullable Object resourceId,
        @Nullable Object projectId,
        @Nullable Object userId,
        IsoTime timestamp,
        Map<String, @Nullable Object> metadata,
        int ordinal) {
    /** The sample as the ledger takes it, derived from the notification {@code message}. */
    public SampleTyping typed(MessageId message) {
        return SampleTyping.of(this, message);
    }
}
