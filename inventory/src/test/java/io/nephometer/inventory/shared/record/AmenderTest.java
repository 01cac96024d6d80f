// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import static io.nephometer.inventory.shared.record.Specimens.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmenderTest {
    private final InProcessSharedCache cache = new InProcessSharedCache(() -> NOON);

    private Amender.Result tell(Instant at) throws Exception {
        var event = new Observation.Event(Specimens.running(NOON, "new"), EnumSet.allOf(ServerField.class), at);
        return new Amender(cache, cache::amend).apply(List.of(event)).getFirst().result();
    }

    @Test
    void eventOfAnInstanceThatAWholeReadingDidNotFind_countsOnlyIfItIsNotOfBefore() throws Exception {
        RefresherSeat seat = cache.takeSeat("test", Duration.ofMinutes(1)).orElseThrow();
        seat.stage();
        seat.show(RefreshRecordBody.write(whole(NOON)), 0);
        assertThat(tell(NOON.minus(Merge.OVERLAP).minusMillis(1))).isEqualTo(Amender.Result.KEPT);
        assertThat(tell(NOON.minus(Merge.OVERLAP))).isEqualTo(Amender.Result.APPLIED);
    }

    private static RefreshRecord whole(Instant begun) {
        return new RefreshRecord(
                "test",
                Refresh.Kind.FULL,
                Refresh.Outcome.DONE,
                "",
                begun,
                Duration.ZERO,
                Refresh.Requests.NONE,
                RefreshRecord.Found.NOTHING,
                new RefreshRecord.Complete(begun, true, begun),
                new RefreshRecord.Wholes(begun.plus(Duration.ofDays(1)), null, begun, begun),
                null,
                0,
                null);
    }
}
