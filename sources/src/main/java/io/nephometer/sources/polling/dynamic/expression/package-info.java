// SPDX-License-Identifier: Apache-2.0
/**
 * A small language of expressions, a part of Python's, that reads nothing but the values it is given, does nothing, and ends soon.
 * {@code docs/dynamic-pollsters.md} has its grammar.
 */
@NullMarked
package io.nephometer.sources.polling.dynamic.expression;

import org.jspecify.annotations.NullMarked;
