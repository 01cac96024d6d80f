// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection in a read-only transaction.
 *
 * @param connection used by one thread; rows are fetched as they are read
 */
public record ReadSession(Connection connection) implements AutoCloseable {
    @Override
    public void close() throws SQLException {
        try (Connection open = connection) {
            open.rollback();
        }
    }
}
