// SPDX-License-Identifier: Apache-2.0
/** The tables of a ledger: which version they are, and how they come up to date. */
@NullMarked
package io.nephometer.store.schema;

import org.jspecify.annotations.NullMarked;
