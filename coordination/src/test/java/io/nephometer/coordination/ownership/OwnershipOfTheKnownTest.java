// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is owned where not all members know the same. */
final class OwnershipOfTheKnownTest extends OwnershipCase {
    @Test
    void whatOnlySomeKnowIsOwnedByOneOfThem() {
        Set<String> all = Set.of("central", "does-new");
        Member unknowing = other.in(Set.of("central", "does-old"));
        Ownership knowing = new Ownership(me.in(all), "central", LEASE);
        knowing.work(WORK.stream()
                .map(unit -> new Unit(unit.name(), unit.period(), "does-new"))
                .toList());

        knowing.beaten(new Members(List.of(in(me.in(all), 1), in(unknowing, 2)), 1), now, now);
        assertThat(knowing.takeAsks(now)).hasSize(WORK.size());

        knowing.beaten(new Members(List.of(in(me.in(all), 1), in(other.in(all), 2)), 2), now, now);
        knowing.beaten(new Members(List.of(in(me.in(all), 1), in(unknowing, 2)), 3), now, now);
        assertThat(knowing.takeAsks(now))
                .hasSize(WORK.size() - mineBeside(other).size());

        knowing.beaten(new Members(List.of(in(me, 1), in(other.in(all), 2)), 4), now, now);
        assertThat(knowing.owned(now)).isEmpty();
        assertThat(knowing.takeAsks(now)).isEmpty();
    }

    /** As one of an earlier program: it would own its share, and must not be worked against. */
    @Test
    void whoTellsNothingOfWhatItKnowsCountsAsOneThatKnowsAll() {
        Set<String> all = Set.of("central", "does-new");
        Ownership knowing = new Ownership(me.in(all), "central", LEASE);
        knowing.work(WORK.stream()
                .map(unit -> new Unit(unit.name(), unit.period(), "does-new"))
                .toList());

        knowing.beaten(new Members(List.of(in(me.in(all), 1), in(other, 2)), 1), now, now);

        assertThat(knowing.takeAsks(now)).extracting(Ask::unit).containsExactlyInAnyOrderElementsOf(mineBeside(other));
    }
}
