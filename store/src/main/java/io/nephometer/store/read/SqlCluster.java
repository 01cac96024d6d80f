// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.ReadSession;
import io.nephometer.store.ledger.ClusterView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Owners and members in their tables. The SQL is the same on every engine. */
public final class SqlCluster implements ClusterView {
    private final Engine engine;
    private final Questions questions;
    private final InstantSource clock;

    /** @param clock for engines without one of their own */
    public SqlCluster(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.questions = new Questions(engine);
        this.clock = clock;
    }

    @Override
    public List<UnitOwner> owners() {
        return questions.read(SqlCluster::owners);
    }

    private static List<UnitOwner> owners(ReadSession session) throws SQLException {
        List<UnitOwner> owners = new ArrayList<>();
        new SqlText("SELECT s.name, s.interval_s, m.name, u.owner, u.epoch, u.granted FROM unit_epochs u "
                        + "JOIN slot_members m ON m.id = u.member_ref JOIN slot_sources s ON s.id = m.source_ref "
                        + "ORDER BY s.name, s.interval_s, m.name")
                .query(
                        session.connection(),
                        row -> owners.add(new UnitOwner(
                                new WorkUnit(row.getString(1), Duration.ofSeconds(row.getLong(2)), row.getString(3)),
                                new Tenure(row.getString(4), row.getLong(5)),
                                Micros.instant(row.getLong(6)))));
        return owners;
    }

    @Override
    public List<ClusterMember> members() {
        String now = engine.clock() == null ? Long.toString(Micros.floor(clock.instant())) : engine.clock();
        return questions.read(session -> {
            List<ClusterMember> members = new ArrayList<>();
            new SqlText("SELECT name, incarnation, groups, since, expires, expires > " + now
                            + " FROM members ORDER BY name, since")
                    .query(session.connection(), row -> members.add(member(row)));
            return members;
        });
    }

    private static ClusterMember member(ResultSet row) throws SQLException {
        return new ClusterMember(
                row.getString(1),
                row.getString(2),
                List.of(row.getString(3).split(",")),
                Micros.instant(row.getLong(4)),
                Micros.instant(row.getLong(5)),
                row.getBoolean(6));
    }
}
