// SPDX-License-Identifier: Apache-2.0
/** What a ledger can be asked, whatever engine keeps it. Start at {@link io.nephometer.store.Ledgers}. */
@NullMarked
package io.nephometer.store.ledger;

import org.jspecify.annotations.NullMarked;
