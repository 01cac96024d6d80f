// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.sql.SQLException;

/** What a transaction was decided by has changed under it; doing it again settles it. */
public final class OvertakenException extends SQLException {
    private static final long serialVersionUID = 1L;

    /** @param what changed */
    public OvertakenException(String what) {
        super(what, "40001");
    }
}
