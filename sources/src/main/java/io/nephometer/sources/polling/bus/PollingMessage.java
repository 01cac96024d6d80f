// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.model.Slot;

/**
 * One message for the bus: a part of what was measured in a slot.
 *
 * @param id its {@code message_id}: the same for the same content
 * @param slot what it belongs to
 * @param member who measured it, or what was measured if any of several members may: as the ledger knows it in the slot
 * @param samples how many are in it
 * @param body the envelope, UTF-8
 */
public record PollingMessage(String id, Slot slot, String member, int samples, String body) {}
