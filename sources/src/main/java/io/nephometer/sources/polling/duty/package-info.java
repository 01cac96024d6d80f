// SPDX-License-Identifier: Apache-2.0
/**
 * What a member has to do for the units of work that it owns, slot by slot. {@link io.nephometer.sources.polling.duty.Duties}
 * decides, with no thread, clock or I/O of its own; {@link io.nephometer.sources.polling.duty.DutyLoop} carries out.
 */
@NullMarked
package io.nephometer.sources.polling.duty;

import org.jspecify.annotations.NullMarked;
