// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import org.jspecify.annotations.Nullable;

/** A unit that is ours by the members: wanted first, then asked for, then owned under an epoch. */
final class Claim {
    private static final long LONGEST_SHIFT = 5;

    private final Unit unit;
    private @Nullable Ask asked;
    private boolean owned;
    private long epoch;
    /** An ask makes no sense unless a beat began after this moment; null if it does. */
    private @Nullable Long viewFrom;

    private @Nullable Long notBefore;
    private int refusals;

    Claim(Unit unit) {
        this.unit = unit;
    }

    /** A claim that was refused by the ledger: first the members must be seen anew. */
    static Claim afterFence(Unit unit, long now) {
        Claim claim = new Claim(unit);
        claim.viewFrom = now;
        return claim;
    }

    Unit unit() {
        return unit;
    }

    boolean isOwned() {
        return owned;
    }

    long epoch() {
        return epoch;
    }

    boolean isAnsweredBy(Ask ask) {
        return ask.equals(asked);
    }

    boolean wantsView(long begun) {
        return viewFrom != null && begun - viewFrom < 0;
    }

    boolean isDue(long begun, long now) {
        return !owned && asked == null && !wantsView(begun) && (notBefore == null || now - notBefore >= 0);
    }

    /** When it will be due; null if it waits for no time. */
    @Nullable Long dueAt() {
        return owned || asked != null ? null : notBefore;
    }

    Ask ask(long number) {
        Ask ask = new Ask(unit.name(), number);
        asked = ask;
        return ask;
    }

    void granted(long given) {
        asked = null;
        owned = true;
        epoch = given;
    }

    /** @param shortest the wait after the first refusal; doubled with each further one */
    void refused(long now, long shortest) {
        asked = null;
        notBefore = now + (shortest << Math.min(refusals, LONGEST_SHIFT));
        refusals++;
    }
}
