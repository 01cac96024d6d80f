// SPDX-License-Identifier: Apache-2.0
/** What knowing the instances of a whole cloud costs its control plane, and how true it is. */
@NullMarked
package io.nephometer.benchmarks.sharing;

import org.jspecify.annotations.NullMarked;
