// SPDX-License-Identifier: Apache-2.0
/**
 * The house checks itself: the arrows between modules ({@link io.nephometer.app.architecture.Arrows}) and the rules for
 * source files ({@link io.nephometer.app.architecture.SourceRule}). Lives in app because only app knows all modules.
 */
@NullMarked
package io.nephometer.app.architecture;

import org.jspecify.annotations.NullMarked;
