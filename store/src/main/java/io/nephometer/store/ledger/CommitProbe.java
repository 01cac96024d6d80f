// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

/**
 * Called immediately before and after each step of a commit, on the thread that commits. Production uses {@link #NONE}; a
 * crash test halts the process here.
 */
public interface CommitProbe {
    /** Does nothing. */
    CommitProbe NONE = new CommitProbe() {
        @Override
        public void before(CommitStep step) {}

        @Override
        public void after(CommitStep step) {}
    };

    void before(CommitStep step);

    void after(CommitStep step);
}
