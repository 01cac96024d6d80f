// SPDX-License-Identifier: Apache-2.0
/**
 * What every engine of the shared cache must do, and their tests. The suites are not in testkit, which may know model and runtime
 * alone.
 */
@NullMarked
package io.nephometer.inventory.shared;

import org.jspecify.annotations.NullMarked;
