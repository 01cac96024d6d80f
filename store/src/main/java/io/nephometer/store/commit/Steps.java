// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.CommitStep;
import java.sql.SQLException;

/** Runs the steps of a commit between the calls of the probe. */
record Steps(CommitProbe probe) {
    /** One step's I/O. */
    interface Io<T> {
        T run() throws SQLException;
    }

    <T> T run(CommitStep step, Io<T> io) throws SQLException {
        probe.before(step);
        T result = io.run();
        probe.after(step);
        return result;
    }
}
