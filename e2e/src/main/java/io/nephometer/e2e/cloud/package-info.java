// SPDX-License-Identifier: Apache-2.0
/** The proof on a cloud that is there: what its bus carried is held against what the ledger has. */
@NullMarked
package io.nephometer.e2e.cloud;

import org.jspecify.annotations.NullMarked;
