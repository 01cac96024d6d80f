// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.util.Locale;

/**
 * Why a cell database cannot be read.
 *
 * @param detail for a human, with what to do
 */
public record CellTrouble(Reason reason, String detail) {
    /** Kinds of trouble; also what metrics call it. */
    public enum Reason {
        /** MariaDB's driver is missing, see docs/mariadb.md. */
        NO_DRIVER,
        /** No connection. */
        UNREACHABLE,
        /** User or password are wrong, or there is no such database for this user. */
        REFUSED,
        /** The user may not read a table or a column. */
        MISSING_GRANT,
        /** This is no cell database, or not all of one. */
        WRONG_SCHEMA,
        /** A column that is needed is not in its table: this Nova is older or newer than what can be read. */
        MISSING_COLUMN,
        /** Its clock and ours, or those of Nova's services, tell times that differ: nobody knows up to when an answer is complete. */
        CLOCK_DIFFERS,
        /** It broke off, or took too long. */
        FAILED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
