// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

/** What the audit of usage stands on. */
public enum AuditInventory {
    /** The inventory in the ledger, in versions. */
    OWN,
    /** Nova's cell databases as they are when they are read. */
    CELLS
}
