// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import static io.nephometer.inventory.shared.SharedCacheFixture.TTL;
import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a second set takes the place of the first, on every engine. */
public abstract class SecondSetContract {
    private static final Instant DELETED = Instant.parse("2026-03-01T10:00:00Z");

    protected abstract SharedCacheFixture fixture();

    private Amended delete(String id) throws SharedCacheException {
        return fixture().amend(new Amendment.Delete(id, fixture().revision(id), DELETED));
    }

    @Test
    void whatIsFilledIsSeenOnlyWhenItIsShownAndThenInPlaceOfAll() throws Exception {
        RefresherSeat seat = fixture().filled(entry("a", "h1", "1"), entry("b", "h2", "1"));
        seat.stage();
        seat.fill(List.of(entry("a", "h1", "2")));
        seat.fill(List.of(entry("c", "h3", "2")));

        assertThat(fixture().on("h1")).containsExactly("a=1");
        assertThat(fixture().on("h3")).isEmpty();
        assertThat(seat.staged()).containsExactlyInAnyOrder("a", "c");
        assertThat(seat.shown()).containsExactlyInAnyOrder("a", "b");

        assertThat(seat.show("whole", 0)).isTrue();

        assertThat(fixture().on("h1")).containsExactly("a=2");
        assertThat(fixture().on("h2")).isEmpty();
        assertThat(fixture().on("h3")).containsExactly("c=2");
        assertThat(seat.shown()).containsExactlyInAnyOrder("a", "c");
        assertThat(fixture().cache().head().refreshRecord()).isEqualTo("whole");
        assertThat(fixture().cache().instances(List.of("b"))).isEmpty();
    }

    @Test
    void aSetOfNothingIsASet() throws Exception {
        RefresherSeat seat = fixture().seat("r");
        assertThat(seat.shown()).isEmpty();
        seat.stage();
        seat.fill(List.of());

        assertThat(seat.show("none", 0)).isTrue();

        assertThat(fixture().cache().head().isFilled()).isTrue();
        assertThat(fixture().on("h1")).isEmpty();
        assertThat(fixture().put("a", "h1", "1")).isEqualTo(Amended.DONE);
    }

    @Test
    void fillingAnIdAgainReplacesItWhereverItWas() throws Exception {
        RefresherSeat seat = fixture().seat("r");
        seat.stage();
        seat.fill(List.of(entry("a", "h1", "1"), entry("b", "h1", "1"), entry("c", "h1", "1")));
        seat.fill(List.of(entry("a", "h2", "2"), entry("b", "h1", "2")));
        seat.unfill(List.of("c", "d"));
        seat.show("whole", 0);

        assertThat(fixture().on("h1")).containsExactly("b=2");
        assertThat(fixture().on("h2")).containsExactly("a=2");
        assertThat(seat.shown()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatWasTouchedMeanwhileMustBeTakenFirst() throws Exception {
        fixture().filled(entry("a", "h1", "1"), entry("b", "h1", "1"), entry("c", "h1", "1"));
        RefresherSeat seat = fixture().seat("filler");
        fixture().put("b", "h1", "before");
        seat.stage();
        seat.fill(List.of(entry("a", "h1", "2"), entry("b", "h1", "2"), entry("c", "h1", "2")));
        fixture().put("a", "h1", "event");
        assertThat(fixture().amend(new Amendment.Put("b", 999, "h1", "refused")))
                .isEqualTo(Amended.CONFLICT);

        assertThat(seat.show("whole", 0)).isFalse();
        assertThat(fixture().on("h1")).containsExactly("a=event", "b=before", "c=1");
        assertThat(seat.takeTouched()).containsExactly("a");
        fixture().put("c", "h1", "event");
        assertThat(seat.show("whole", 0)).isFalse();
        assertThat(seat.takeTouched()).containsExactly("c");
        assertThat(seat.takeTouched()).isEmpty();
        assertThat(seat.show("whole", 0)).isTrue();
        assertThat(fixture().on("h1")).containsExactly("a=2", "b=2", "c=2");
    }

    @Test
    void whatIsDeletedMeanwhileLeavesTheSecondSetAndCannotBeFilled() throws Exception {
        RefresherSeat seat = fixture().filled(entry("a", "h1", "1"), entry("b", "h1", "1"), entry("c", "h1", "1"));
        delete("b");
        seat.stage();
        seat.fill(List.of(entry("a", "h1", "2"), entry("b", "h1", "2"), entry("c", "h1", "2")));
        delete("a");
        assertThat(seat.staged()).containsExactly("c");
        assertThat(seat.takeTouched()).containsExactly("a");
        seat.fill(List.of(entry("a", "h1", "3")));

        assertThat(seat.show("whole", 0)).isTrue();

        assertThat(fixture().on("h1")).containsExactly("c=2");
        assertThat(fixture().cache().instances(List.of("a", "b")))
                .containsEntry("a", new KnownInstance.Gone(DELETED, "1"))
                .containsEntry("b", new KnownInstance.Gone(DELETED, "1"));
    }

    @Test
    void beginningAnewDropsWhatWasBegun() throws Exception {
        RefresherSeat seat = fixture().filled(entry("a", "h1", "1"));
        seat.stage();
        seat.fill(List.of(entry("x", "h9", "1")));
        fixture().put("a", "h1", "event");

        seat.stage();

        assertThat(seat.staged()).isEmpty();
        assertThat(seat.takeTouched()).isEmpty();
        seat.fill(List.of(entry("b", "h1", "2")));
        assertThat(seat.show("whole", 0)).isTrue();
        assertThat(fixture().on("h9")).isEmpty();
        assertThat(fixture().on("h1")).containsExactly("b=2");
    }

    @Test
    void aSuccessorCannotGoOnWithWhatAnotherBegan() throws Exception {
        fixture().seat("one").stage();
        fixture().pass(TTL.plusSeconds(1));
        RefresherSeat successor = fixture().other().takeSeat("two", TTL).orElseThrow();

        assertNotBegun(successor);
        successor.stage();
        assertThat(successor.show("whole", 0)).isTrue();
        assertNotBegun(successor);
    }

    private static void assertNotBegun(RefresherSeat seat) {
        assertThatThrownBy(() -> seat.fill(List.of(entry("a", "h1", "1")))).satisfies(SecondSetContract::isNotBegun);
        assertThatThrownBy(() -> seat.unfill(List.of("a"))).satisfies(SecondSetContract::isNotBegun);
        assertThatThrownBy(seat::staged).satisfies(SecondSetContract::isNotBegun);
        assertThatThrownBy(seat::takeTouched).satisfies(SecondSetContract::isNotBegun);
        assertThatThrownBy(() -> seat.show("whole", 0)).satisfies(SecondSetContract::isNotBegun);
    }

    private static void isNotBegun(Throwable failure) {
        assertThat(failure)
                .isExactlyInstanceOf(NotBegunException.class)
                .hasMessageContaining("has not begun a second set");
    }

    @Test
    void whatNovaHasAfterItsDeletionIsRevived() throws Exception {
        RefresherSeat seat = fixture().filled(entry("a", "h1", "1"), entry("b", "h1", "1"));
        delete("a");
        fixture().amend(new Amendment.Delete("b", fixture().revision("b"), DELETED.plusMillis(1)));
        seat.stage();

        seat.revive(List.of("a", "b", "unknown"), DELETED.plusMillis(1));
        seat.fill(List.of(entry("a", "h1", "2"), entry("b", "h1", "2")));

        assertThat(seat.staged()).containsExactly("a");
        assertThat(fixture().cache().instances(List.of("a", "b"))).containsOnlyKeys("b");
    }

    @Test
    void deletionsAreForgottenByTheirTime() throws Exception {
        RefresherSeat seat = fixture().filled(entry("a", "h1", "1"), entry("b", "h1", "1"));
        delete("a");
        fixture().amend(new Amendment.Delete("b", fixture().revision("b"), DELETED.plusMillis(1)));

        seat.forgetGone(DELETED.plusMillis(1));

        assertThat(fixture().cache().instances(List.of("a", "b")))
                .containsOnlyKeys("b")
                .containsEntry("b", new KnownInstance.Gone(DELETED.plusMillis(1), "1"));
        assertThat(fixture().put("a", "h1", "1")).isEqualTo(Amended.DONE);
    }

    @Test
    void amendmentsOfTheHolderAreAsThoseOfOthers() throws Exception {
        RefresherSeat seat = fixture().filled(entry("a", "h1", "1"));
        seat.stage();

        assertThat(seat.amend(List.of(
                        new Amendment.Put("a", fixture().revision("a"), "h2", "2"),
                        new Amendment.Put("b", 999, "h1", "1"))))
                .containsExactly(Amended.DONE, Amended.CONFLICT);

        assertThat(fixture().on("h2")).containsExactly("a=2");
        assertThat(seat.takeTouched()).containsExactly("a");
    }

    @Test
    void theClockOfTheCacheIsThatOfItsLeases() throws Exception {
        Instant before = fixture().cache().head().now();
        fixture().seat("one");
        Duration left = fixture().cache().head().seatLeft();
        fixture().pass(Duration.ofSeconds(10));

        assertThat(fixture().cache().head().seatLeft()).isLessThanOrEqualTo(left.minusSeconds(10));
        assertThat(fixture().cache().head().now()).isAfterOrEqualTo(before);
    }
}
