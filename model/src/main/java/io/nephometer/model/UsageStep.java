// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subject is counted a period further: what was counted becomes a {@link UsageCount}, and its {@link UsageCarry} moves on, both or neither.
 *
 * @param share that it is in
 * @param carried {@link UsageCarry#until} of the carry that it was counted from; null: it was never counted
 * @param counted of the period
 * @param carry where counting goes on after it
 */
public record UsageStep(
        String subject,
        int share,
        @Nullable Instant carried,
        Map<String, @Nullable Object> counted,
        Map<String, @Nullable Object> carry) {}
