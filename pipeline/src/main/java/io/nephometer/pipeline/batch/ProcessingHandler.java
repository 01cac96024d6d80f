// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import java.util.ArrayList;
import java.util.List;

/** The handler of notifications and polled samples: process each message, commit all of them at once. */
public final class ProcessingHandler implements BatchHandler {
    private final MessageProcessor processor;
    private final IsolatingCommitter committer;

    public ProcessingHandler(MessageProcessor processor, IsolatingCommitter committer) {
        this.processor = processor;
        this.committer = committer;
    }

    @Override
    public Prepared prepare(List<RawMessage> messages) {
        List<Processed> processed = new ArrayList<>(messages.size());
        for (RawMessage message : messages) {
            processed.add(processor.process(message));
        }
        return () -> committer.commit(processed);
    }
}
