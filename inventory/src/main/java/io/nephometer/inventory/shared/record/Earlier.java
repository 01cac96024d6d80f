// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.openstack.nova.Server;
import java.time.Instant;

/**
 * What an instance was before a change.
 *
 * @param changed since when it was so, as far as is known
 */
public record Earlier(Server server, Instant changed) {}
