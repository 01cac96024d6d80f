// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.inventory.shared.record.Observation;

/**
 * What one notification tells of one instance.
 *
 * @param observation an event, or a deletion
 */
public record InstanceEvent(EventKind kind, Observation observation) {}
