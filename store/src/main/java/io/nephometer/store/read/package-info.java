// SPDX-License-Identifier: Apache-2.0
/** Questions to the ledger, and what people do to its recovery, in SQL that all engines share. */
@NullMarked
package io.nephometer.store.read;

import org.jspecify.annotations.NullMarked;
