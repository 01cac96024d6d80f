// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.CoordinatorFixture;
import io.nephometer.coordination.Member;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Two tables of a real database, as the schema of the ledger has them. */
final class SqlFixture implements CoordinatorFixture, AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(30);

    private final DataSource database;
    private final SqlEngine engine;
    private final List<Coordinator> opened = new ArrayList<>();

    SqlFixture(DataSource database, SqlEngine engine) throws SQLException {
        this.database = database;
        this.engine = engine;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS members");
            statement.execute("DROP TABLE IF EXISTS members_head");
            statement.execute(
                    "CREATE TABLE members (name varchar(400) NOT NULL, incarnation varchar(200) NOT NULL, groups text NOT NULL,"
                            + " since bigint NOT NULL, expires bigint NOT NULL, PRIMARY KEY (name, incarnation))");
            statement.execute("CREATE TABLE members_head (one int NOT NULL PRIMARY KEY CHECK (one = 1),"
                    + " revision bigint NOT NULL)");
            statement.execute("INSERT INTO members_head VALUES (1, 0)");
        }
    }

    @Override
    public Coordinator open() {
        Coordinator coordinator = new SqlCoordinator(database, engine, LEASE);
        opened.add(coordinator);
        return coordinator;
    }

    /** The clock of a database cannot be moved; the end of a lease can. */
    @Override
    public void endLease(Member member) throws SQLException {
        String sql = "UPDATE members SET expires = " + engine.now() + " WHERE name = ? AND incarnation = ?";
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, member.name());
            update.setString(2, member.incarnation());
            if (update.executeUpdate() != 1) {
                throw new SQLException(member + " is not in the table");
            }
        }
    }

    @Override
    public void close() {
        opened.forEach(Coordinator::close);
    }
}
