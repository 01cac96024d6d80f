// SPDX-License-Identifier: Apache-2.0
/** A cell database as a real Nova leaves it. */
@NullMarked
package io.nephometer.testkit.cells;

import org.jspecify.annotations.NullMarked;
