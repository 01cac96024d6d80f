// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Meter;
import java.time.Instant;

/**
 * How much the ledger holds of a meter.
 *
 * @param first time of the first sample
 * @param last time of the last sample
 */
public record MeterSummary(Meter meter, long samples, Instant first, Instant last) {}
