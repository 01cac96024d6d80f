// SPDX-License-Identifier: Apache-2.0
/** Files of dynamic pollsters: their grammar, which is Ceilometer's, and what is wrong with a file. */
@NullMarked
package io.nephometer.sources.polling.dynamic.definition;

import org.jspecify.annotations.NullMarked;
