// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What {@code filter}, {@code map}, {@code zip}, {@code enumerate} and generators give: items that are made when they are asked for,
 * once.
 *
 * @param name what made it
 */
public record Iteration(String name, Iterator<? extends @Nullable Object> items) {}
