// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import org.junit.jupiter.api.Tag;

/** The same promises on quorum queues. */
@Tag("server")
class RabbitMqQuorumReceiverTest extends RabbitMqReceiverTest {
    @Override
    Intake.QueueType type() {
        return Intake.QueueType.QUORUM;
    }
}
