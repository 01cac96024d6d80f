// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.time.Instant;
import java.util.Optional;

/**
 * What a service said of one thing.
 *
 * @param value empty if there is none
 * @param at when it was asked, on our clock
 * @param tick the same on our ticker, nanoseconds
 */
record Known<T>(Optional<T> value, Instant at, long tick) {}
