// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Failure;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps names that nobody has heard of from filling the roster: a source has so many members at most, and there are so many
 * sources at most. A message beyond that claims nothing, and waits in recovery. Two writers at once may each let the last one in.
 */
final class MemberBound {
    /** A source with each of its intervals; nobody has so many. */
    static final int MOST_SOURCES = 1_000;

    private final SlotRegister register;
    private final KnownIds<String> known;
    private final int most;
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Boolean> decided = new HashMap<>();

    /** For one transaction. {@code known} are members that were found there before. */
    MemberBound(Transaction transaction, KnownIds<String> known, int most) {
        this.register = new SlotRegister(transaction);
        this.known = known;
        this.most = most;
    }

    /** The same messages, but those of too many members as ones that could not be processed. */
    List<PreparedMessage> apply(List<PreparedMessage> messages) throws SQLException {
        List<PreparedMessage> after = new ArrayList<>(messages.size());
        for (PreparedMessage message : messages) {
            PreparedMessage.PreparedPart part = message.part();
            Failure failure = part == null ? null : refusal(part.part());
            after.add(failure == null ? message : message.refused(failure));
        }
        return after;
    }

    private @Nullable Failure refusal(SlotPart part) throws SQLException {
        String key = source(part.slot()) + "/" + part.member();
        Boolean before = decided.get(key);
        boolean fits = before == null ? fits(part, key) : before;
        decided.put(key, fits);
        return fits
                ? null
                : new Failure(
                        Failure.Step.STORE,
                        Failure.Kind.TOO_MANY_MEMBERS,
                        part.member() + " would be one member more of "
                                + part.slot().source() + " each "
                                + part.slot().interval().toSeconds() + " s than the " + most
                                + " that collector.max_members allows, or its source one more than " + MOST_SOURCES
                                + "; recovery retry takes it all the same");
    }

    private static String source(Slot slot) {
        return slot.interval().toSeconds() + "/" + slot.source();
    }

    private boolean fits(SlotPart part, String key) throws SQLException {
        if (known.get(key) != null) {
            return true;
        }
        Long source = register.findSource(part.slot());
        Long member = source == null ? null : register.findMember(source, part.member());
        if (member != null) {
            known.putAll(Map.of(key, member));
            return true;
        }
        return (source != null || hasRoomForSource(part.slot())) && hasRoomForMember(part.slot(), source);
    }

    private boolean hasRoomForMember(Slot slot, @Nullable Long source) throws SQLException {
        String counter = source(slot);
        Long count = counts.get(counter);
        long before = count != null ? count : source == null ? 0 : register.members(source);
        counts.put(counter, before + 1);
        return before < most;
    }

    /** What a batch brings anew is counted with what was there. */
    private boolean hasRoomForSource(Slot slot) throws SQLException {
        if (counts.containsKey(source(slot))) {
            return true;
        }
        Long added = counts.merge("", 1L, Long::sum);
        return register.sources() + added <= MOST_SOURCES;
    }
}
