// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;

/** Turns one raw message into what is to be committed of it. Never throws for bad input. Thread-safe. */
@FunctionalInterface
public interface MessageProcessor {
    Processed process(RawMessage message);
}
