// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

/**
 * Why an audit is not done, whoever wants it.
 *
 * @param bound what it is beyond
 * @param text for people
 */
public record OutOfReach(Bound bound, String text) {
    /** What bounds audits. */
    public enum Bound {
        /** Shares are called otherwise. */
        SCOPE,
        /** Time is cut otherwise, or the period is not over. */
        PERIODS,
        /** It ended longer ago than is caught up. */
        CATCH_UP,
        /** What happened in it is not known from its beginning on. */
        INVENTORY
    }

    /** With what has it done all the same, if anything has. What is counted in order has gone on from there. */
    String withRemedy(Auditor auditor) {
        return bound == Bound.CATCH_UP && !auditor.inOrder() ? text + "; a longer catch_up has it done" : text;
    }
}
