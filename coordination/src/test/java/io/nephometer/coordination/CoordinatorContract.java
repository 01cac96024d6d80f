// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each coordinator does. */
public abstract class CoordinatorContract {
    private static final long LIMIT_SECONDS = 60;

    private final Member a = member("a");
    private final Member b = member("b");
    private final Member c = member("c");
    private Coordinator one;
    private Coordinator two;

    protected abstract CoordinatorFixture fixture();

    @BeforeEach
    protected void open() throws Exception {
        one = fixture().open();
        two = fixture().open();
    }

    private static Member member(String name) {
        return Member.starting(name, Set.of("central"));
    }

    private static Presence presence(Members members, Member member) {
        return members.of(member).orElseThrow();
    }

    @Test
    void nobodyIsThereAtFirst() throws Exception {
        assertThat(one.members().live()).isEmpty();
    }

    @Test
    void whoBeatsIsLiveForItselfAndForOthers() throws Exception {
        Members seen = one.beat(a);

        assertThat(seen.live()).extracting(Presence::member).containsExactly(a);
        assertThat(two.members()).isEqualTo(seen);
    }

    @Test
    void allSeeTheSame() throws Exception {
        one.beat(c);
        two.beat(a);
        Members last = fixture().open().beat(b);

        assertThat(last.names()).containsExactly("a", "b", "c");
        assertThat(one.beat(c)).isEqualTo(last);
        assertThat(two.beat(a)).isEqualTo(last);
        assertThat(one.members()).isEqualTo(last);
    }

    @Test
    void beatingAgainChangesNothing() throws Exception {
        one.beat(b);
        Members before = one.beat(a);

        assertThat(one.beat(a)).isEqualTo(before);
        assertThat(two.members()).isEqualTo(before);
    }

    @Test
    void theRevisionChangesWithTheMembers() throws Exception {
        long alone = one.beat(a).revision();
        long joined = two.beat(b).revision();
        two.leave(b);
        long left = one.beat(a).revision();

        assertThat(joined).isGreaterThan(alone);
        assertThat(left).isGreaterThan(joined);
    }

    @Test
    void whatAMemberTakesPartInIsThatOfItsLastBeat() throws Exception {
        Members before = one.beat(a.in(Set.of("central", "audit")));
        Members after = one.beat(a.in(Set.of("audit")));

        assertThat(before.in("central").names()).containsExactly("a");
        assertThat(after.in("central").names()).isEmpty();
        assertThat(after.in("audit").names()).containsExactly("a");
        assertThat(after.revision()).isGreaterThan(before.revision());
        assertThat(presence(after, a).joined()).isEqualTo(presence(before, a).joined());
        assertThat(two.members()).isEqualTo(after);
        assertThat(one.beat(a.in(Set.of())).in("audit").names()).isEmpty();
    }

    @Test
    void whoLeavesIsGoneAtOnce() throws Exception {
        one.beat(a);
        two.beat(b);

        one.leave(a);

        assertThat(two.members().names()).containsExactly("b");
        assertThat(two.beat(b).names()).containsExactly("b");
        one.leave(a);
        one.leave(c);
        assertThat(two.members().names()).containsExactly("b");
    }

    @Test
    void whoLeftMayComeBackAndIsANewMember() throws Exception {
        long before = presence(one.beat(a), a).joined();
        one.leave(a);

        assertThat(presence(one.beat(a), a).joined()).isGreaterThan(before);
    }

    @Test
    void whoseLeaseEndsIsGone() throws Exception {
        one.beat(a);
        long before = two.beat(b).revision();

        fixture().endLease(a);

        assertThat(two.members().names()).containsExactly("b");
        Members after = two.beat(b);
        assertThat(after.names()).containsExactly("b");
        assertThat(after.revision()).isGreaterThan(before);
    }

    @Test
    void whoseLeaseEndedJoinsAgainByItsNextBeatAndCanSeeIt() throws Exception {
        Presence before = presence(one.beat(a), a);
        two.beat(b);
        fixture().endLease(a);

        Presence after = presence(one.beat(a), a);

        assertThat(after.joined()).isGreaterThan(before.joined());
        assertThat(two.members().names()).containsExactly("a", "b");
        assertThat(presence(one.beat(a), a)).isEqualTo(after);
    }

    @Test
    void whoseLeaseEndedSeesItAlsoIfOthersHaveNoticedBefore() throws Exception {
        Presence before = presence(one.beat(a), a);
        fixture().endLease(a);
        assertThat(two.beat(b).names()).containsExactly("b");

        assertThat(presence(one.beat(a), a).joined()).isGreaterThan(before.joined());
    }

    @Test
    void ofTwoWithOneNameWhoCameFirstActs() throws Exception {
        Member first = member("twin");
        Member second = member("twin");
        one.beat(first);

        Members both = two.beat(second);

        assertThat(both.live()).extracting(Presence::member).containsExactly(first, second);
        assertThat(both.names()).containsExactly("twin");
        assertThat(both.acts(first)).isTrue();
        assertThat(both.acts(second)).isFalse();
        one.leave(first);
        assertThat(two.beat(second).acts(second)).isTrue();
        assertThat(one.beat(first).acts(first)).isFalse();
    }

    @Test
    void theLeasesOfTwoWithOneNameAreTheirOwn() throws Exception {
        Member first = member("twin");
        Member second = member("twin");
        one.beat(first);
        two.beat(second);

        fixture().endLease(first);

        Members after = two.beat(second);
        assertThat(after.live()).extracting(Presence::member).containsExactly(second);
    }

    @Test
    void namesAreOfAnyCharacters() throws Exception {
        List<String> names = List.of("a/b", "a%2Fb", "zähler 1", "x' OR 1=1 --", "計", "a", "a/", "é\"\\,;{}");
        for (String name : names) {
            one.beat(member(name));
        }

        assertThat(two.members().names()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void manyMayJoinAtOnce() throws Exception {
        List<Member> many =
                IntStream.range(0, 20).mapToObj(i -> member("m" + i)).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Members>> beats = new ArrayList<>();
            for (Member each : many) {
                Coordinator coordinator = beats.size() % 2 == 0 ? one : two;
                beats.add(threads.submit(() -> coordinator.beat(each)));
            }
            for (int i = 0; i < many.size(); i++) {
                assertThat(beats.get(i).get().of(many.get(i))).isPresent();
            }
        }

        assertThat(one.members().live()).extracting(Presence::member).containsExactlyInAnyOrderElementsOf(many);
        assertThat(one.members().live().stream().map(Presence::joined).distinct())
                .hasSize(many.size());
    }

    @Test
    void whoWatchesIsToldThatSomebodyJoinedOrLeft() throws Exception {
        one.beat(a);
        Semaphore hints = new Semaphore(0);
        try (Registration _ = one.watch(hints::release)) {
            two.beat(b);
            assertThat(hints.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

            hints.drainPermits();
            two.leave(b);
            assertThat(hints.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoWatchesNoMoreIsNotTold() throws Exception {
        one.beat(a);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Registration ended = one.watch(closed::countDown);
        ended.close();
        ended.close();
        try (Registration _ = one.watch(told::countDown)) {
            two.beat(b);

            assertThat(told.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(closed.getCount()).isEqualTo(1);
        }
    }
}
