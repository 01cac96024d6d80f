// SPDX-License-Identifier: Apache-2.0
/** The ledger in a PostgreSQL database. */
@NullMarked
package io.nephometer.store.postgres;

import org.jspecify.annotations.NullMarked;
