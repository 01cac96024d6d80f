// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.replica.Finding.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ReplicaHealthTest {
    private final ReplicaHealth health = new ReplicaHealth();

    private void see(Reason reason, int times) {
        for (int i = 0; i < times; i++) {
            health.see(new Finding(reason, "look " + i));
        }
    }

    @BeforeEach
    void isUnknownBeforeTheFirstLook() {
        assertThat(health.state()).isEqualTo(ReplicaState.UNKNOWN);
    }

    @Test
    void theFirstLook_countsAsItIs() {
        assertThat(health.see(new Finding(Reason.IN_STEP, ""))).isTrue();
        assertThat(health.state()).isEqualTo(ReplicaState.HEALTHY);
    }

    @Test
    void withoutSamplesAtFirst_theFirstProofIsEnough() {
        see(Reason.NO_SAMPLES, 5);
        see(Reason.IN_STEP, 1);
        assertThat(health.state()).isEqualTo(ReplicaState.HEALTHY);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEHIND", "UNREACHABLE", "SILENT", "REFUSED", "PAUSED", "NOT_RECEIVING", "REPLAY_FAILED"})
    void whatMakesAReplicaLateOrSilent_needsThreeLooks(Reason reason) {
        see(Reason.IN_STEP, 1);
        see(reason, 2);
        assertThat(health.state()).isEqualTo(ReplicaState.HEALTHY);
        see(reason, 1);
        assertThat(health.finding().reason()).isEqualTo(reason);
    }

    @Test
    void threeBadLooksWithAGoodOneBetween_doNotTrip() {
        see(Reason.IN_STEP, 1);
        see(Reason.UNREACHABLE, 2);
        see(Reason.IN_STEP, 1);
        see(Reason.UNREACHABLE, 2);
        assertThat(health.state()).isEqualTo(ReplicaState.HEALTHY);
    }

    @Test
    void aDistrustedReplica_needsThreeGoodLooks() {
        see(Reason.UNREACHABLE, 1);
        see(Reason.IN_STEP, 2);
        assertThat(health.state()).isEqualTo(ReplicaState.DOWN);
        see(Reason.IN_STEP, 1);
        assertThat(health.state()).isEqualTo(ReplicaState.HEALTHY);
    }

    @Test
    void betweenBadStates_theLastLookCounts() {
        see(Reason.UNREACHABLE, 1);
        see(Reason.BEHIND, 1);
        assertThat(health.state()).isEqualTo(ReplicaState.LAGGING);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_A_REPLICA", "IS_THE_PRIMARY", "OTHER_CLUSTER", "OTHER_HISTORY", "DIVERGED", "FILTERED"})
    void whatWouldMakeAnswersWrong_countsAtOnce_andIsNeverRead(Reason reason) {
        see(Reason.IN_STEP, 10);
        assertThat(health.see(new Finding(reason, ""))).isTrue();
        assertThat(health.finding().reason()).isEqualTo(reason);
        assertThat(reason.isReadable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "IN_STEP")
    void onlyInStep_isHealthy(Reason reason) {
        see(reason, 1);
        assertThat(health.state()).isNotEqualTo(ReplicaState.HEALTHY);
    }
}
