// SPDX-License-Identifier: Apache-2.0
/** What the ledger costs: time for knowing every message again, and bytes on disk. */
@NullMarked
package io.nephometer.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
