// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Keys, values or entries of a map: can be walked and counted, and has no indexes.
 *
 * @param name as Python shows it: {@code dict_keys}
 */
public record View(String name, Collection<? extends @Nullable Object> items) {}
