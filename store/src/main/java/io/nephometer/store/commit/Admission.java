// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Failure;
import io.nephometer.model.Fate;
import io.nephometer.model.Processed;
import io.nephometer.store.ledger.CommitStep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Decides, entry by entry in the order of delivery, whether a message is new, known, or in conflict with what is known. The
 * database decides between batches; within a batch the first one of an id is the new one.
 */
final class Admission {
    private final Steps steps;
    private final Transaction transaction;

    Admission(Steps steps, Transaction transaction) {
        this.steps = steps;
        this.transaction = transaction;
    }

    /** What becomes of one entry. */
    sealed interface Ruling {
        /** Its id is claimed by this batch: everything derived from it is to be written. */
        record Accepted() implements Ruling {}

        /** Known with the same content. */
        record Known() implements Ruling {}

        /** Its id is claimed, and nothing of it is to be written: see {@link Fence}. */
        record Fenced() implements Ruling {}

        /** To be kept in recovery. */
        record Kept(RecoveryRow row, Fate fate) implements Ruling {}
    }

    List<Ruling> rule(List<PreparedMessage> messages, long acceptedAt) throws SQLException {
        Map<UUID, IntakeRow> claims = claims(messages);
        Set<UUID> admitted = new HashSet<>(
                claims.isEmpty()
                        ? Set.of()
                        : steps.run(
                                CommitStep.INTAKE, () -> transaction.admit(List.copyOf(claims.values()), acceptedAt)));
        Map<UUID, BodyHash> known = known(messages, admitted);
        List<Ruling> rulings = new ArrayList<>(messages.size());
        for (PreparedMessage message : messages) {
            rulings.add(ruling(message, admitted, known));
        }
        return rulings;
    }

    private static Map<UUID, IntakeRow> claims(List<PreparedMessage> messages) {
        Map<UUID, IntakeRow> claims = new TreeMap<>(IntakeRow.KEY_ORDER);
        for (PreparedMessage message : messages) {
            if (message.claimsIntake() && message.key() != null) {
                claims.putIfAbsent(message.key(), new IntakeRow(message.key(), message.idText(), message.hash()));
            }
        }
        return claims;
    }

    private Map<UUID, BodyHash> known(List<PreparedMessage> messages, Set<UUID> admitted) throws SQLException {
        Set<UUID> others = new HashSet<>();
        for (PreparedMessage message : messages) {
            if (message.key() != null && !admitted.contains(message.key())) {
                others.add(message.key());
            }
        }
        return new HashMap<>(others.isEmpty() ? Map.of() : transaction.hashes(others));
    }

    /** {@code admitted} loses the key, and {@code known} gains it, once the first message of an admitted id has passed. */
    private static Ruling ruling(PreparedMessage message, Set<UUID> admitted, Map<UUID, BodyHash> known)
            throws SQLException {
        UUID key = message.key();
        BodyHash before = key == null ? null : known.get(key);
        if (before != null) {
            return before.equals(message.hash())
                    ? new Ruling.Known()
                    : new Ruling.Kept(RecoveryRow.of(message, false, conflict(message, before)), Fate.CONFLICT);
        }
        if (message.entry() instanceof Processed.Unprocessable unprocessable) {
            return new Ruling.Kept(RecoveryRow.of(message, false, unprocessable.failure()), Fate.RECOVERED);
        }
        if (key == null || !admitted.remove(key)) {
            throw new ClaimLostException();
        }
        known.put(key, message.hash());
        return new Ruling.Accepted();
    }

    private static Failure conflict(PreparedMessage message, BodyHash before) {
        Failure also = message.failure();
        return new Failure(
                also == null ? Failure.Step.STORE : also.step(),
                Failure.Kind.CONFLICT,
                "the message_id is known with another content: hash " + before + " there, " + message.hash() + " here"
                        + (also == null ? "" : "; besides, " + also.kind() + ": " + also.detail()));
    }

    /** The own ids of polled samples, as far as nobody had claimed them before. */
    Set<UUID> admitPolled(Collection<PreparedMessage> messages, long acceptedAt) throws SQLException {
        Map<UUID, IntakeRow> claims = new TreeMap<>(IntakeRow.KEY_ORDER);
        for (PreparedMessage message : messages) {
            for (PreparedPack pack : message.packs()) {
                pack.polledIntake(claims);
            }
        }
        if (claims.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(
                steps.run(CommitStep.POLLED_INTAKE, () -> transaction.admit(List.copyOf(claims.values()), acceptedAt)));
    }

    /** A claim was refused, and then its holder was gone: retention took it away in between. Doing it again settles it. */
    static final class ClaimLostException extends SQLException {
        private static final long serialVersionUID = 1L;

        ClaimLostException() {
            super("an intake row vanished while the batch was compared with it", "40001");
        }
    }
}
