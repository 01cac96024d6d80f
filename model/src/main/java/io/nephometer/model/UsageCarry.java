// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where counting of a subject goes on: what its counters showed when they were counted last.
 *
 * @param until end of the last period that was counted
 * @param content plain JSON values, of whoever counts
 */
public record UsageCarry(String subject, Instant until, Map<String, @Nullable Object> content) {}
