// SPDX-License-Identifier: Apache-2.0
/** Audits of the cloud, put together with the ledger: what feeds the inventory, who does which audit, and how they are. */
@NullMarked
package io.nephometer.app.audit;

import org.jspecify.annotations.NullMarked;
