// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Claims of slots. A claim gives way to one of the same or a later epoch. Times are microseconds since the epoch. */
public final class ClaimRegister {
    private final Connection connection;
    private final Dialect dialect;

    public ClaimRegister(Transaction transaction) {
        this.connection = transaction.connection();
        this.dialect = transaction.dialect();
    }

    /** A claim as it is to be, or is, in the ledger. */
    public record Row(SlotRow.Key key, long epoch, String owner) {}

    /** Claims a slot for whoever still is the latest owner of the unit; false if that is somebody else. */
    public boolean claimAsOwner(Row row, long now) throws SQLException {
        return latestEpoch(row.key().member()) == row.epoch() && holds(row, now);
    }

    /**
     * Makes sure that nobody has claimed the slot with a later epoch, until the end of the transaction. Whoever has lost the
     * unit meanwhile still brings what he measured, unless his successor has claimed just this slot.
     */
    boolean holds(Row row, long now) throws SQLException {
        String sql = dialect.upsert(
                "slot_claims",
                "member_ref, began, epoch, owner, claimed",
                "member_ref, began",
                "epoch, owner, claimed",
                "epoch");
        try (PreparedStatement claim = connection.prepareStatement(sql)) {
            bind(claim, row, now);
            claim.executeUpdate();
        }
        // Its row is ours alone to the end of the transaction, whichever of the two claims is in it.
        try (PreparedStatement epoch =
                connection.prepareStatement("SELECT epoch FROM slot_claims WHERE member_ref = ? AND began = ?")) {
            epoch.setInt(1, row.key().member());
            epoch.setLong(2, row.key().began());
            return number(epoch) == row.epoch();
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
        String first = dialect.insertIfAbsent("unit_epochs", "member_ref, epoch, owner, granted", "member_ref");
        try (PreparedStatement insert = connection.prepareStatement(first);
                PreparedStatement next = connection.prepareStatement(
                        "UPDATE unit_epochs SET epoch = epoch + 1, owner = ?, granted = ? WHERE member_ref = ?")) {
            insert.setInt(1, member);
            insert.setLong(2, 0);
            insert.setString(3, owner);
            insert.setLong(4, now);
            insert.executeUpdate();
            next.setString(1, owner);
            next.setLong(2, now);
            next.setInt(3, member);
            next.executeUpdate();
        }
        return latestEpoch(member);
    }

    /** 0 if it has none. */
    private long latestEpoch(int member) throws SQLException {
        try (PreparedStatement epoch =
                connection.prepareStatement("SELECT epoch FROM unit_epochs WHERE member_ref = ?")) {
            epoch.setInt(1, member);
            return number(epoch);
        }
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
