// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How old the metadata in the samples of a slot is.
 *
 * @param origin where it comes from, in lower case: {@code api}, {@code libvirt}
 * @param asOf the moment up to which it is complete, on the clock of who told it; null if nothing was told yet
 * @param age time since then, when the counters were read
 */
public record MetadataState(String origin, @Nullable Instant asOf, Duration age) {}
