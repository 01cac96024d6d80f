// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

/** A database that was opened to be looked at. */
public interface OpenView extends AutoCloseable {
    /** Ends what is under way and releases connections. Legal twice. */
    @Override
    void close();
}
