// SPDX-License-Identifier: Apache-2.0
/**
 * Values of expressions and what can be done with them, as Python does it. A value is null, Boolean, Long, BigInteger (only beyond
 * 64 bits), Double, String, List, Map, or one of the types here.
 */
@NullMarked
package io.nephometer.sources.polling.dynamic.expression.value;

import org.jspecify.annotations.NullMarked;
