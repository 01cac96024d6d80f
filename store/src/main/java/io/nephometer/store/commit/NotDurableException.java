// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.sql.SQLException;

/** The server would say "committed" before it is true. */
public final class NotDurableException extends SQLException {
    private static final long serialVersionUID = 1L;

    /** @param what is wrong with the server */
    public NotDurableException(String what) {
        super(what + " on this server: what it calls committed can be lost", "55000");
    }
}
