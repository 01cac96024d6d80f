// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

import io.nephometer.model.RawMessage;

/**
 * A notification that a service sent.
 *
 * @param id its message_id
 * @param type its event type
 * @param message as the bus carries it
 */
public record Published(String id, String type, RawMessage message) {}
