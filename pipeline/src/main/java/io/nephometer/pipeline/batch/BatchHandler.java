// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.RawMessage;
import java.util.List;

/**
 * What is done with a batch of one kind of message, in two steps, so that the second of one batch can go on beside the first of
 * the next. Each step is called by one thread at a time per {@link BatchLoop}. Exceptions are defects.
 */
@FunctionalInterface
public interface BatchHandler {
    /** Does what needs no store, message by message in their order. */
    Prepared prepare(List<RawMessage> messages);

    /** A batch that is ready to be written. */
    @FunctionalInterface
    interface Prepared {
        /** Writes it, called once. Failures of the store are an outcome. */
        BatchOutcome commit();
    }
}
