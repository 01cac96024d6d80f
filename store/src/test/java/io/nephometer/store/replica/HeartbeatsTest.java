// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private final Heartbeats beats = new Heartbeats(Duration.ofSeconds(2));

    @Test
    void oneFastClock_doesNotVouchForTheRest() {
        assertThat(beats.watermark(List.of(NOON, NOON.plusSeconds(500), NOON.plusSeconds(3))))
                .contains(NOON.plusSeconds(1));
    }

    @Test
    void aSingleWriter_isBelievedLessTheMargin() {
        assertThat(beats.watermark(List.of(NOON))).contains(NOON.minusSeconds(2));
    }

    @Test
    void withoutWriters_nothingIsProven() {
        assertThat(beats.watermark(List.of())).isEmpty();
        assertThat(beats.proof(List.of(), NOON, 0)).isEmpty();
    }

    @Test
    void theProof_isOnOurTicker() {
        Proof proof = beats.proof(List.of(NOON.minusSeconds(8)), NOON, 1_000).orElseThrow();
        assertThat(proof.staleness(1_000)).isEqualTo(Duration.ofSeconds(10));
        assertThat(proof.watermark()).isEqualTo(NOON.minusSeconds(10));
    }

    /** They are by clocks that are ahead, nobody knows how far: the server may have stood still for long. */
    @Test
    void timesInOurFuture_proveNothing() {
        assertThat(beats.proof(List.of(NOON.plusSeconds(60)), NOON, 1_000)).isEmpty();
        assertThat(beats.proof(List.of(NOON.plusSeconds(1)), NOON, 1_000))
                .as("as far ahead as clocks may be")
                .isPresent();
    }
}
