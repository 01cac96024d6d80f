// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Presence;
import io.nephometer.coordination.Rendezvous;
import io.nephometer.runtime.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A member named a, which takes part in the work central, and what befalls it. */
abstract class OwnershipCase {
    static final Duration LEASE = Duration.ofSeconds(9);
    static final Duration PERIOD = Duration.ofSeconds(30);
    static final List<Unit> WORK =
            IntStream.range(0, 12).mapToObj(i -> new Unit("u" + i, PERIOD)).toList();
    static final List<Unit> ONE = List.of(new Unit("images", PERIOD));

    final Member me = new Member("a", "1", Set.of("central", "audit"));
    final Member other = new Member("b", "1", Set.of("central"));
    final Ownership ownership = new Ownership(me, "central", LEASE);
    /** A ticker may begin anywhere, and pass the largest number. */
    long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private long epochs;
    private long revision;

    static Presence in(Member member, long joined) {
        return new Presence(member, joined);
    }

    final void pass(Duration time) {
        now += time.toNanos();
    }

    final void beat(Presence... live) {
        ownership.beaten(new Members(List.of(live), ++revision), now, now);
    }

    final void grantAll() {
        ownership.takeAsks(now).forEach(ask -> ownership.granted(ask, ++epochs, now));
    }

    /** Owns all of the work alone. */
    final void ownAlone(List<Unit> work) {
        ownership.work(work);
        beat(in(me, 1));
        grantAll();
        assertThat(ownership.takeChanges()).hasSize(work.size());
    }

    final List<String> mineBeside(Member... others) {
        List<String> names = new ArrayList<>(List.of("a"));
        for (Member one : others) {
            names.add(one.name());
        }
        return WORK.stream()
                .map(Unit::name)
                .filter(unit -> Rendezvous.owner(unit, names).orElseThrow().equals("a"))
                .toList();
    }

    final Health health() {
        return ownership.health(now);
    }
}
