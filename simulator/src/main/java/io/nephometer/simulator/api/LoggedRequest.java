// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import java.time.Instant;

/**
 * A request that came.
 *
 * @param at when, on the hosts' clock
 * @param asked what it was, for counting
 * @param target path and query
 * @param status of the answer; 0 if the connection was reset instead
 * @param bytes of the body
 */
public record LoggedRequest(Instant at, Asked asked, String target, int status, int bytes) {
    /**
     * What requests are counted by.
     *
     * @param path with names in place of ids
     * @param user whose token it had; {@code -} if it had no valid one
     * @param agent its {@code User-Agent}; {@code -} if it had none
     * @param reason what its {@code User-Agent} ends with in brackets, where our client says why it asks; {@code -} if nothing
     */
    public record Asked(
            String service, String method, String path, QueryKind kind, String user, String agent, String reason) {}
}
