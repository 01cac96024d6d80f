// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cell stands, as its last read found it.
 *
 * @param server which server answered; null if none did
 * @param trouble why it cannot be read; null if it can
 * @param clock that of the database when it answered last; null if it never did
 * @param lacking columns that this Nova does not have or this user may not see, and that are done without
 */
public record CellStatus(
        String cell,
        @Nullable String server,
        @Nullable CellTrouble trouble,
        @Nullable Instant clock,
        List<String> lacking) {
    public CellStatus {
        lacking = List.copyOf(lacking);
    }

    /** One word: {@code up}, {@code unread} if it was never asked, or the reason of its trouble. */
    public String state() {
        return trouble != null ? trouble.reason().label() : clock == null ? "unread" : "up";
    }
}
