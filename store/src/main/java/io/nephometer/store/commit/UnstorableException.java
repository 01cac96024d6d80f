// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

/** A value that no engine may store, found before the database is asked, so that all engines refuse the same. */
public final class UnstorableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnstorableException(String message) {
        super(message);
    }
}
