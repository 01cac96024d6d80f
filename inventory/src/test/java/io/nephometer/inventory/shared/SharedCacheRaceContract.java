// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import static io.nephometer.inventory.shared.SharedCacheFixture.TTL;
import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.KnownInstance.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What many at once may rely on, on every engine. */
public abstract class SharedCacheRaceContract {
    private static final int HOSTS = 3;
    private static final int PER_HOST = 10;
    /** Different sets that readers must have seen. */
    private static final int SEEN = 20;

    private static final int MOST_SETS = 20_000;

    protected abstract SharedCacheFixture fixture();

    private static <T> List<T> together(List<Callable<T>> works) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = works.stream().map(threads::submit).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(60, TimeUnit.SECONDS));
            }
            return results;
        }
    }

    private static Entry[] set(int number) {
        return IntStream.range(0, HOSTS * PER_HOST)
                .mapToObj(i -> entry("i" + i, "h" + i % HOSTS, "set " + number))
                .toArray(Entry[]::new);
    }

    @Test
    void noReaderEverSeesHalfOfASet() throws Exception {
        RefresherSeat seat = fixture().filled(set(0));
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Integer>> works = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SharedCache mine = i % 2 == 0 ? fixture().cache() : fixture().other();
            String host = "h" + i % HOSTS;
            works.add(() -> read(mine, host, seen, done));
        }
        works.add(() -> {
            int number = 0;
            while (seen.size() < SEEN && number < MOST_SETS) {
                SharedCacheFixture.show(seat, set(++number));
            }
            done.set(true);
            return number;
        });

        int last = together(works).getLast();

        assertThat(seen).hasSizeGreaterThanOrEqualTo(SEEN).contains("set " + last);
    }

    /** Reads until the last set is there; every answer is one whole set. */
    private static int read(SharedCache cache, String host, Set<String> seen, AtomicBoolean done) throws Exception {
        int reads = 0;
        boolean last;
        do {
            last = done.get();
            Map<String, Entry> entries =
                    Objects.requireNonNull(cache.host(host, null).entries(), "entries");
            assertThat(entries).hasSize(PER_HOST);
            Set<String> bodies = new TreeSet<>();
            entries.values().forEach(entry -> bodies.add(entry.body()));
            assertThat(bodies).hasSize(1);
            seen.addAll(bodies);
            reads++;
        } while (!last);
        return reads;
    }

    @Test
    void nothingIsLostWhenManyChangeTheSame() throws Exception {
        fixture().filled(entry("a", "h1", "0"));
        List<Callable<Integer>> works = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SharedCache mine = i % 2 == 0 ? fixture().cache() : fixture().other();
            works.add(() -> count(mine, 25));
        }

        together(works);

        assertThat(fixture().on("h1")).containsExactly("a=100");
    }

    /** Adds one, so many times. */
    private static int count(SharedCache cache, int times) throws Exception {
        int done = 0;
        while (done < times) {
            Entry held = held(cache, "a");
            String more = Integer.toString(Integer.parseInt(held.body()) + 1);
            List<Amended> answer = cache.amend(List.of(new Amendment.Put("a", held.revision(), "h1", more)));
            done += answer.getFirst() == Amended.DONE ? 1 : 0;
        }
        return done;
    }

    private static Entry held(SharedCache cache, String id) throws SharedCacheException {
        return cache.instances(List.of(id)).get(id) instanceof Held(Entry entry) ? entry : entry(id, "", "0");
    }

    @Test
    void changesWhileSetsAreExchangedAreNotLost() throws Exception {
        RefresherSeat seat = fixture().filled(entry("a", "h1", "0"), entry("b", "h2", "b"));
        AtomicBoolean done = new AtomicBoolean();
        Callable<Integer> refresher = () -> {
            int exchanges = 0;
            while (!done.get() || exchanges == 0) {
                exchange(seat);
                exchanges++;
            }
            return exchanges;
        };
        Callable<Integer> changer = () -> {
            int counted = count(fixture().other(), 100);
            done.set(true);
            return counted;
        };

        together(List.of(refresher, changer));

        assertThat(fixture().on("h1")).containsExactly("a=100");
        assertThat(fixture().on("h2")).containsExactly("b=b");
    }

    /** Reads what is there into a second set, without knowing what changes meanwhile. */
    private void exchange(RefresherSeat seat) throws SharedCacheException {
        seat.renew(TTL);
        seat.stage();
        seat.fill(List.of(held(fixture().cache(), "a"), held(fixture().cache(), "b")));
        while (!seat.show("exchanged", 0)) {
            for (String id : seat.takeTouched()) {
                seat.fill(List.of(held(fixture().cache(), id)));
            }
        }
    }

    @Test
    void ofManyWhoWantTheSeatOneGetsIt() throws Exception {
        List<Callable<Integer>> works = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "candidate " + i;
            SharedCache mine = i % 2 == 0 ? fixture().cache() : fixture().other();
            works.add(() -> mine.takeSeat(name, TTL).isPresent() ? 1 : 0);
        }

        assertThat(together(works).stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
    }
}
