// SPDX-License-Identifier: Apache-2.0
/** What knowing the instances costs the control plane. */
@NullMarked
package io.nephometer.benchmarks.inventory;

import org.jspecify.annotations.NullMarked;
