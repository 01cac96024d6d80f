// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.CausalToken;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.Routed;
import java.time.Duration;
import java.util.Optional;

/** Waits until what was committed has come to a replica. */
final class CaughtUp {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private CaughtUp() {}

    /** Starts the router, and returns when a replica has what was committed until now. */
    static void await(ReplicaRouter<LedgerView> router) {
        router.start();
        long start = System.nanoTime();
        Optional<CausalToken> token = router.token();
        while (token.isEmpty()
                || !(router.read(new ReadIntent.After(token.get()), Fallback.SKIP, LedgerView::url)
                        instanceof Routed.Answer)) {
            assertThat(System.nanoTime() - start).isLessThan(LIMIT.toNanos());
            token = token.isEmpty() ? router.token() : token;
        }
    }
}
