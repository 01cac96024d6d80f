// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

/**
 * Figures of a {@link RabbitMqReceiver}, for metrics.
 *
 * @param received messages that came in since the beginning, those that came again included
 * @param redelivered of these, those that the broker had given to somebody before
 * @param waiting in our memory and not handed out yet
 * @param unsettled with us and not settled, those waiting included
 * @param heldBytes how large the unsettled ones are together
 * @param depth that waited on the broker at the last look
 * @param overflowed counted as lost because our queue was at its bound
 * @param attempts how often a connection was tried
 * @param connections how often one was opened and made ready
 */
public record RabbitMqStatus(
        long received,
        long redelivered,
        int waiting,
        int unsettled,
        long heldBytes,
        long depth,
        long overflowed,
        long attempts,
        long connections) {}
