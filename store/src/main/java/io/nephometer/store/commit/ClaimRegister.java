// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Claims of slots. A claim gives way to one of the same or a later epoch. The SQL is the same on every engine. Times are
 * microseconds since the epoch.
 */
public final class ClaimRegister {
    private static final String GIVES_WAY = """
             ON CONFLICT (member_ref, began) DO UPDATE
                SET epoch = excluded.epoch, owner = excluded.owner, claimed = excluded.claimed
                WHERE slot_claims.epoch <= excluded.epoch
            """;

    private final Connection connection;

    public ClaimRegister(Connection connection) {
        this.connection = connection;
    }

    /** A claim as it is to be, or is, in the ledger. */
    public record Row(SlotRow.Key key, long epoch, String owner) {}

    /** Claims a slot for whoever still is the latest owner of the unit; false if that is somebody else. */
    public boolean claimAsOwner(Row row, long now) throws SQLException {
        String sql = "INSERT INTO slot_claims (member_ref, began, epoch, owner, claimed) SELECT ?, ?, ?, ?, ? "
                + "FROM unit_epochs u WHERE u.member_ref = ? AND u.epoch = ?" + GIVES_WAY;
        try (PreparedStatement claim = connection.prepareStatement(sql)) {
            bind(claim, row, now);
            claim.setInt(6, row.key().member());
            claim.setLong(7, row.epoch());
            return claim.executeUpdate() > 0;
        }
    }

    /**
     * Makes sure that nobody has claimed the slot with a later epoch, until the end of the transaction. Whoever has lost the
     * unit meanwhile still brings what he measured, unless his successor has claimed just this slot.
     */
    boolean holds(Row row, long now) throws SQLException {
        String sql =
                "INSERT INTO slot_claims (member_ref, began, epoch, owner, claimed) VALUES (?, ?, ?, ?, ?)" + GIVES_WAY;
        try (PreparedStatement claim = connection.prepareStatement(sql)) {
            bind(claim, row, now);
            return claim.executeUpdate() > 0;
        }
    }

    private static void bind(PreparedStatement claim, Row row, long now) throws SQLException {
        claim.setInt(1, row.key().member());
        claim.setLong(2, row.key().began());
        claim.setLong(3, row.epoch());
        claim.setString(4, row.owner());
        claim.setLong(5, now);
    }

    /** Begins the next epoch of a unit and returns it. */
    public long nextEpoch(int member, String owner, long now) throws SQLException {
        try (PreparedStatement next = connection.prepareStatement("""
                INSERT INTO unit_epochs (member_ref, epoch, owner, granted) VALUES (?, 1, ?, ?)
                ON CONFLICT (member_ref) DO UPDATE SET
                    epoch = unit_epochs.epoch + 1, owner = excluded.owner, granted = excluded.granted
                """)) {
            next.setInt(1, member);
            next.setString(2, owner);
            next.setLong(3, now);
            next.executeUpdate();
        }
        try (PreparedStatement epoch =
                connection.prepareStatement("SELECT epoch FROM unit_epochs WHERE member_ref = ?")) {
            epoch.setInt(1, member);
            try (ResultSet row = epoch.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
