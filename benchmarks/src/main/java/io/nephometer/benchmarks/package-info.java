// SPDX-License-Identifier: Apache-2.0
/** Drivers for every figure that the documentation names; started by {@code ./bench}. */
@NullMarked
package io.nephometer.benchmarks;

import org.jspecify.annotations.NullMarked;
