// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

/**
 * Taken after a commit, it lets a later read ask for a server that has what was committed.
 *
 * @param cluster which database it is of
 * @param history which history of it; a failover begins another one, in which the position means nothing
 * @param position what was committed before the token was taken lies before it
 */
public record CausalToken(String cluster, String history, LogPosition position) {
    /** Whether a server that stands so has all of it. */
    boolean isCoveredBy(ServerLook server) {
        return isOf(server) && server.position().covers(position);
    }

    boolean isOf(ServerLook server) {
        return cluster.equals(server.cluster()) && history.equals(server.history());
    }
}
