// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.model.Slot;

/**
 * One message for the bus: a part of what was measured in a slot.
 *
 * @param id its {@code message_id}: the same for the same content
 * @param slot what it belongs to
 * @param samples how many are in it
 * @param body the envelope, UTF-8
 */
public record PollingMessage(String id, Slot slot, int samples, String body) {}
