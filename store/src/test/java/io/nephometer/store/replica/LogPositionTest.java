// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nephometer.store.replica.LogPosition.Gtids;
import io.nephometer.store.replica.LogPosition.Lsn;
import org.junit.jupiter.api.Test;

class LogPositionTest {
    @Test
    void aPlaceInTheLog_coversItselfAndWhatLiesBefore() {
        Lsn place = new Lsn(0x1_0000_0010L);
        assertThat(place.covers(place)).isTrue();
        assertThat(place.covers(new Lsn(0xFFFF_FFFFL))).isTrue();
        assertThat(place.covers(new Lsn(0x1_0000_0011L))).isFalse();
        assertThat(place).hasToString("1/10");
    }

    @Test
    void placesBeyondHalfOfTheRange_areComparedWithoutSign() {
        assertThat(new Lsn(-1).covers(new Lsn(1))).isTrue();
    }

    @Test
    void gtids_needEveryDomain_whichServerWroteIt() {
        Gtids primary = Gtids.parse("0-1-13,7-2-5");
        assertThat(Gtids.parse("0-9-13, 7-2-6").covers(primary)).isTrue();
        assertThat(Gtids.parse("0-1-20").covers(primary)).isFalse();
        assertThat(Gtids.parse("0-1-12,7-2-9").covers(primary)).isFalse();
        assertThat(primary.covers(Gtids.parse(""))).isTrue();
    }

    @Test
    void gtidsOfAnotherForm_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Gtids.parse("uuid:1-5"));
    }

    @Test
    void positionsOfDifferentKinds_neverCoverOneAnother() {
        assertThat(new Lsn(9).covers(Gtids.parse(""))).isFalse();
        assertThat(Gtids.parse("0-1-1").covers(new Lsn(0))).isFalse();
    }
}
