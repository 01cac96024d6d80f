// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.RawMessage;
import java.util.List;

/** What is done with a batch of one kind of message. Called by one thread at a time per {@link BatchLoop}. */
@FunctionalInterface
public interface BatchHandler {
    /** Handles the messages in their order. Failures of the store are an outcome; exceptions are defects. */
    BatchOutcome handle(List<RawMessage> messages);
}
