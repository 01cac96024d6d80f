// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.MessageId;
import io.nephometer.model.NameUuid;
import io.nephometer.model.Period;
import io.nephometer.model.RawMessage;

/** What is told of a part of an instance in a period: the payload is the task's, all the rest is the same for every task that counts. */
record CountedEvent(CountedTask task, Period period, CountedUsage usage) implements AuditEvent {
    @Override
    public MessageId id() {
        String name = task.name() + "/" + period + "/" + resource();
        return new MessageId(NameUuid.of(task.namespace(), name).toString());
    }

    @Override
    public String resource() {
        return usage.subject().text();
    }

    @Override
    public RawMessage message() {
        return new NotificationText(id(), task.type(), usage.text("host"), period.end(), task.payload(period, usage))
                .message();
    }
}
