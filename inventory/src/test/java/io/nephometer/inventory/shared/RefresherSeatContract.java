// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import static io.nephometer.inventory.shared.SharedCacheFixture.TTL;
import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may refresh, on every engine, and that nobody else can. */
public abstract class RefresherSeatContract {
    private static final Instant DELETED = Instant.parse("2026-03-01T10:00:00Z");

    protected abstract SharedCacheFixture fixture();

    private SharedCache cache() {
        return fixture().cache();
    }

    /** A thing that a seat does. */
    @FunctionalInterface
    private interface Work {
        void with(RefresherSeat seat) throws Exception;
    }

    /** Everything that it can do. */
    private static Map<String, Work> all() {
        Map<String, Work> works = new LinkedHashMap<>();
        works.put("renew", seat -> seat.renew(TTL));
        works.put("amend", seat -> seat.amend(List.of(new Amendment.Delete("z", 0, DELETED))));
        works.put("stage", RefresherSeat::stage);
        works.put("fill", seat -> seat.fill(List.of(entry("z", "h9", "stale"))));
        works.put("unfill", seat -> seat.unfill(List.of("a")));
        works.put("staged", RefresherSeat::staged);
        works.put("shown", RefresherSeat::shown);
        works.put("takeTouched", RefresherSeat::takeTouched);
        works.put("show", seat -> seat.show("stale", 99));
        works.put("catalog", seat -> seat.catalog(CatalogShelf.FLAVORS, Map.of("z", "stale")));
        works.put("forget", seat -> seat.forget(CatalogShelf.FLAVORS, List.of("f")));
        works.put("forgetGone", seat -> seat.forgetGone(DELETED.plusSeconds(1)));
        works.put("record", seat -> seat.record("stale", 99));
        return works;
    }

    private void assertAllRefused(RefresherSeat former) throws Exception {
        long refused = cache().head().refusedWrites();
        for (Map.Entry<String, Work> work : all().entrySet()) {
            assertThatThrownBy(() -> work.getValue().with(former))
                    .as(work.getKey())
                    .isInstanceOf(LostSeatException.class);
            assertThat(cache().head().refusedWrites()).as(work.getKey()).isEqualTo(++refused);
        }
    }

    /** All that anybody can see but the time, and what the former one did in vain. */
    private List<Object> seen() throws Exception {
        Head head = cache().head();
        return List.of(
                head.set(),
                String.valueOf(head.refreshRecord()),
                head.flavors(),
                String.valueOf(head.seat()),
                String.valueOf(head.wanted()),
                fixture().on("h1"),
                fixture().on("h9"),
                cache().instances(List.of("a", "g", "z")).toString(),
                cache().catalog(CatalogShelf.FLAVORS, List.of("f", "z")));
    }

    @Test
    void oneHasTheSeatAtATime() throws Exception {
        fixture().seat("one");

        assertThat(fixture().other().takeSeat("two", TTL)).isEmpty();

        Head head = fixture().other().head();
        assertThat(head.seat()).isEqualTo("one");
        assertThat(head.seatLeft()).isPositive().isLessThanOrEqualTo(TTL);
    }

    @Test
    void whoHasItKeepsItByTakingItAgain() throws Exception {
        RefresherSeat first = fixture().seat("one");
        fixture().pass(TTL.minusSeconds(5));
        RefresherSeat again = fixture().seat("one");

        fixture().pass(TTL.minusSeconds(5));

        assertThat(fixture().other().takeSeat("two", TTL)).isEmpty();
        first.stage();
        again.fill(List.of(entry("a", "h1", "1")));
        assertThat(again.staged()).containsExactly("a");
    }

    @Test
    void renewingKeepsItToo() throws Exception {
        RefresherSeat seat = fixture().seat("one");
        fixture().pass(TTL.minusSeconds(5));
        seat.renew(TTL);
        fixture().pass(TTL.minusSeconds(5));

        assertThat(fixture().other().takeSeat("two", TTL)).isEmpty();
    }

    @Test
    void anUnrenewedSeatIsFreeButStillServesWhoHadItUntilAnotherComes() throws Exception {
        RefresherSeat seat = fixture().seat("one");
        fixture().pass(TTL.plusSeconds(1));

        assertThat(cache().head().seat()).isNull();
        assertThat(cache().head().seatLeft()).isEqualTo(Duration.ZERO);
        seat.record("late", 0);
        assertThat(cache().head().refreshRecord()).isEqualTo("late");
        assertThat(fixture().other().takeSeat("two", TTL)).isPresent();
    }

    @Test
    void nothingThatAFormerRefresherDoesHasAnyEffectButBeingCounted() throws Exception {
        RefresherSeat former = fixture().filled(entry("a", "h1", "1"));
        former.catalog(CatalogShelf.FLAVORS, Map.of("f", "small"));
        former.amend(List.of(new Amendment.Delete("g", 0, DELETED)));
        cache().wantRefresh("missed");
        former.stage();
        fixture().pass(TTL.plusSeconds(1));
        RefresherSeat mine = fixture().other().takeSeat("two", TTL).orElseThrow();
        mine.stage();
        mine.fill(List.of(entry("a", "h1", "2")));
        List<Object> before = seen();

        assertAllRefused(former);
        former.leave();

        assertThat(seen()).isEqualTo(before);
        assertThat(mine.staged()).containsExactly("a");
        assertThat(mine.show("mine", 0)).isTrue();
        assertThat(fixture().on("h1")).containsExactly("a=2");
    }

    @Test
    void anEmptiedCacheDoesNotReviveAnOldToken() throws Exception {
        RefresherSeat former = fixture().filled(entry("a", "h1", "1"));
        fixture().empty();
        assertAllRefused(former);
        // As the first of the new incarnation it has the same number, and even the same name.
        fixture().filled(entry("a", "h1", "2"));
        List<Object> before = seen();

        assertAllRefused(former);
        former.leave();

        assertThat(seen()).isEqualTo(before);
    }

    @Test
    void whoAsksAnotherCloudIsToldWhoseThisIs() throws Exception {
        cache().takeSeat("one", "nova.north:8774 in North", TTL).orElseThrow().leave();

        assertThatThrownBy(() -> fixture().other().takeSeat("two", "nova.south:8774 in South", TTL))
                .isInstanceOf(ForeignCloudException.class)
                .hasMessageContainingAll("nova.north:8774 in North", "nova.south:8774 in South", "shared_cache.space");

        Head head = cache().head();
        assertThat(head.seat()).isNull();
        assertThat(head.cloud()).isEqualTo("nova.north:8774 in North");
        assertThat(fixture().other().takeSeat("three", "nova.north:8774 in North", TTL))
                .isPresent();
    }

    @Test
    void aCacheThatIsNobodysYetIsTheFirstOnesWhoSaysSo() throws Exception {
        fixture().filled(entry("a", "h1", "1")).leave();
        assertThat(cache().head().cloud()).isNull();

        assertThat(cache().takeSeat("one", "here", TTL)).isPresent();

        assertThat(fixture().other().head().cloud()).isEqualTo("here");
        assertThat(fixture().on("h1")).containsExactly("a=1");
        fixture().empty();
        assertThat(fixture().other().takeSeat("two", "there", TTL)).isPresent();
    }

    @Test
    void whoLeavesMakesRoomAtOnceAndIsFormer() throws Exception {
        RefresherSeat seat = fixture().seat("one");

        seat.leave();

        assertThat(cache().head().seat()).isNull();
        assertAllRefused(seat);
        assertThat(fixture().other().takeSeat("two", TTL)).isPresent();
        assertAllRefused(seat);
        seat.leave();
        assertThat(cache().head().seat()).isEqualTo("two");
    }
}
