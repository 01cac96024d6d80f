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
    private final BatchCompanion companion;

    public ProcessingHandler(MessageProcessor processor, IsolatingCommitter committer) {
        this(processor, committer, BatchCompanion.NONE);
    }

    /** @param companion sees each batch before it is committed */
    public ProcessingHandler(MessageProcessor processor, IsolatingCommitter committer, BatchCompanion companion) {
        this.processor = processor;
        this.committer = committer;
        this.companion = companion;
    }

    @Override
    public Prepared prepare(List<RawMessage> messages) {
        GuardedAttendance attendance = GuardedAttendance.of(companion);
        List<Processed> processed = new ArrayList<>(messages.size());
        for (RawMessage message : messages) {
            processed.add(processor.process(message, attendance::notified));
        }
        List<Processed> completed = attendance.complete(processed);
        return () -> committer.commit(completed);
    }
}
