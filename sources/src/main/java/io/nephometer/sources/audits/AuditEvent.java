// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.MessageId;
import io.nephometer.model.RawMessage;

/** What an audit tells of one resource. Whoever makes it, and however often, makes the same, byte by byte, as long as the same is known. */
public interface AuditEvent {
    /** Derived from task, period and resource. */
    MessageId id();

    /** In the order of these an audit tells its events, and goes on after the last that is in the ledger. */
    String resource();

    /** As it would come from the bus. */
    RawMessage message();
}
