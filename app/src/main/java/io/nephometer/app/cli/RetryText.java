// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.model.Fate;
import io.nephometer.store.ledger.RetryOutcome;

/** How a retry went, in one line. */
final class RetryText {
    private RetryText() {}

    static String of(RetryOutcome outcome) {
        return switch (outcome) {
            case RetryOutcome.Settled(Fate fate, int samples) -> settled(fate, samples);
            case RetryOutcome.StillWaiting(Fate _, var failure, int samples) ->
                "still waiting: " + ProcessedText.failure(failure)
                        + (samples > 0 ? " (" + counted(samples) + " are counted)" : "");
            case RetryOutcome.NotAsRead _ ->
                "changed or settled by somebody else meanwhile; nothing was done, look at it again";
            case RetryOutcome.Refused(String cause) -> "still waiting, nothing was done: " + cause;
            case RetryOutcome.Unavailable(String cause) ->
                "not known, the store does not answer: " + cause + "; retry it again, nothing is counted twice";
        };
    }

    private static String settled(Fate fate, int samples) {
        return switch (fate) {
            case EVENT -> "in the ledger now: event and " + counted(samples);
            case SAMPLE_ONLY -> "in the ledger now: " + counted(samples);
            case UNMATCHED -> "settled without event, since no definition is for its type: " + counted(samples);
            case DUPLICATE -> "settled: the ledger had it already, nothing was counted again";
            case FENCED -> "settled: somebody else has measured that slot, nothing was counted again";
            case RECOVERED, CONFLICT -> "settled: " + RecoveryForms.lower(fate);
        };
    }

    private static String counted(int samples) {
        return samples == 1 ? "1 sample" : samples + " samples";
    }
}
