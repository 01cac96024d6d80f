// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import org.jspecify.annotations.Nullable;

/** Something that can be called: a function or a lambda. */
@FunctionalInterface
public interface Callable {
    @Nullable Object call(Arguments arguments, Budget budget);
}
