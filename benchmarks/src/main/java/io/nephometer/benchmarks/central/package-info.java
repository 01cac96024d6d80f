// SPDX-License-Identifier: Apache-2.0
/** Central agents as processes, disturbed while they poll a simulated cloud, and counted by what the ledger holds afterwards. */
@NullMarked
package io.nephometer.benchmarks.central;

import org.jspecify.annotations.NullMarked;
