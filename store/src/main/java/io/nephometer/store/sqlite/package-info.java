// SPDX-License-Identifier: Apache-2.0
/** The ledger in one SQLite file. */
@NullMarked
package io.nephometer.store.sqlite;

import org.jspecify.annotations.NullMarked;
