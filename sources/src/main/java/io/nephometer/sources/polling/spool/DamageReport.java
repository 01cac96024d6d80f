// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What damaged stretches of a file lose.
 *
 * @param losses by slots, as far as these are known
 * @param unplaced further messages, of which nothing is known
 */
record DamageReport(List<Loss> losses, int unplaced, long bytes) {
    DamageReport {
        losses = List.copyOf(losses);
    }

    /**
     * Of these stretches.
     *
     * @param around of messages near them, to whose slots that is ascribed which has lost its own; null if there are none
     */
    static DamageReport of(List<Gap> gaps, @Nullable Loss around) {
        List<Loss> losses = new ArrayList<>();
        int nameless = 0;
        long bytes = 0;
        for (Gap gap : gaps) {
            gap.labels()
                    .forEach(label -> losses.add(
                            Loss.one(LossReason.SPOOL_DAMAGED, label.member(), label.slot(), label.samples())));
            nameless += gap.nameless();
            bytes += gap.bytes();
        }
        Loss near = around == null && !losses.isEmpty() ? losses.getFirst() : around;
        if (near != null && nameless > 0) {
            losses.add(Loss.about(LossReason.SPOOL_DAMAGED, near.member(), near.first(), near.last(), nameless));
        }
        return new DamageReport(losses, near == null ? nameless : 0, bytes);
    }

    int messages() {
        return unplaced + losses.stream().mapToInt(Loss::messages).sum();
    }

    long samples() {
        return losses.stream().mapToLong(Loss::samples).sum();
    }
}
