// SPDX-License-Identifier: Apache-2.0
/** Expressions as they are written: the text, its tokens, and the tree of what it says. Nothing here is evaluated. */
@NullMarked
package io.nephometer.sources.polling.dynamic.expression.syntax;

import org.jspecify.annotations.NullMarked;
