// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one server said of itself, in one answer.
 *
 * @param identity tells this process of a server from every other one, also if both are reached by the same address
 * @param cluster which database it holds: the same on a primary and its replicas, on nobody else
 * @param history whose log it writes or follows; another one when a replica was promoted. Empty: a replica that cannot tell
 * @param follows whether it is a replica: it replays another server's log and takes no writes
 * @param position primary: what is committed lies before it; replica: what lies before it can be seen
 * @param clock the server's wall clock, read before the position
 * @param trouble why a replica may fall behind by itself, or lack what it has passed; of a primary: what its log leaves out; null if it
 *     says of none
 * @param beats times that were written on the primary and reached this server; empty if it was not asked for them
 */
public record ServerLook(
        String identity,
        String cluster,
        String history,
        boolean follows,
        LogPosition position,
        Instant clock,
        @Nullable Trouble trouble,
        List<Instant> beats) {
    public ServerLook {
        beats = List.copyOf(beats);
    }

    ServerLook withBeats(List<Instant> times) {
        return new ServerLook(identity, cluster, history, follows, position, clock, trouble, times);
    }

    /** Something that a person stopped or has to mend. */
    public record Trouble(Finding.Reason reason, String detail) {}
}
