// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.sql.SQLTransientException;

/** All connections that we allow ourselves to a server are in use, by us. It says nothing of the server. */
public final class PoolExhaustedException extends SQLTransientException {
    private static final long serialVersionUID = 1L;

    PoolExhaustedException(String pool, int most, Throwable timeout) {
        super(pool + ": all " + most + " connections that are allowed are in use, and none became free in time");
        addSuppressed(timeout);
    }
}
