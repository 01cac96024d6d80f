// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import io.nephometer.runtime.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What must be on the broker before we consume, and what must be looked after while we do. For one thread. */
interface Topology {
    /**
     * Makes a new connection ready.
     *
     * @throws IOException if it cannot be made ready; the message is for a human
     */
    void prepare(Session session) throws IOException, RefusedException;

    /** Looks after it; called again and again, {@link #untilNextCheck} apart. */
    void check(Session session) throws IOException, RefusedException;

    /** How long until something needs to be looked at. */
    Duration untilNextCheck();

    /** The queues to consume, after {@link #prepare}. */
    List<String> queues();

    /** How things are while a session lasts. */
    Health health(Session session);

    /** Messages that wait on the broker, as of the last check. */
    long depth();

    /** Messages counted as lost to overflow since this process began. */
    long overflowed();
}
