// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import org.junit.jupiter.api.Tag;

/**
 * The same promises on quorum queues, save one. Their messages pass through a log: some may have left it for a consumer that
 * has just been cancelled. The broker confirms the cancellation, then puts these back by itself, before or after those that we
 * give back.
 */
@Tag("server")
class RabbitMqQuorumReceiverTest extends RabbitMqReceiverTest {
    @Override
    Intake.QueueType type() {
        return Intake.QueueType.QUORUM;
    }

    @Override
    protected boolean pauseKeepsOrder() {
        return false;
    }
}
