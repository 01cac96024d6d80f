// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/**
 * Under what right a member does a unit of work. Whoever begins to own a unit gets the next epoch of it from the ledger.
 *
 * @param owner the member, for a human
 * @param epoch from 1; a higher one came later
 */
public record Tenure(String owner, long epoch) {
    public Tenure {
        if (epoch < 1) {
            throw new IllegalArgumentException("epochs begin with 1, not " + epoch);
        }
    }
}
