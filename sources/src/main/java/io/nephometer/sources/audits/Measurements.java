// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import io.nephometer.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the agents of hypervisors measured, as the ledger has it, from wherever it may be read. It cannot write. */
public interface Measurements {
    /**
     * Hands over samples in the order of their times, as they are there.
     *
     * @param meters name of the meters; {@code *} stands for any characters
     * @param from earliest time, included
     * @param to latest time, excluded
     * @param slice how much of that time is asked for at once
     * @param fresh makes what takes the samples; made anew if another server has to be asked
     * @throws AuditException if nobody answers
     */
    <F extends Consumer<Sample>> Answer<F> read(
            String meters, Instant from, Instant to, Duration slice, Supplier<F> fresh) throws AuditException;

    /** Members of polling sources of which nothing of the last slot before {@code end} is there. */
    Set<Behind> behind(Instant end) throws AuditException;

    /**
     * Hands over samples in the order of their times, for what is final once it is made of them.
     *
     * @param fresh as above
     * @throws AuditException if nobody answers who lacks nothing of what is wanted
     */
    <F extends Taker> Answer<F> read(Wanted wanted, Supplier<F> fresh) throws AuditException;

    /** As above, of the end of the period. */
    Set<Behind> behind(Wanted wanted) throws AuditException;

    /**
     * What is wanted: what was measured in a period, and what was measured before and may have come too late for the period before. That is
     * everything of a time before the period, and of slots before that those of which something came since.
     *
     * @param meters name of the meters; {@code *} stands for any characters
     * @param complete the answer lacks nothing that was committed up to then
     * @param late that time
     * @param news what came since then of the time before the period is new to whoever takes it
     * @param slice how much of a time is asked for at once
     */
    record Wanted(String meters, Period period, Instant complete, Duration late, Instant news, Duration slice) {
        /** From when on everything is read, and since when earlier slots must have come to be read. */
        public Instant from() {
            return period.begin().minus(late);
        }

        /** The same where what came since another moment is new. */
        Wanted news(Instant since) {
            return new Wanted(meters, period, complete, late, since, slice);
        }
    }

    /**
     * An answer.
     *
     * @param taker what took the samples
     * @param server where they were read, for people
     * @param complete they lack nothing that was committed up to then; null: up to when they were asked for
     * @param behind those there, at the end of what was read
     */
    record Answer<F>(F taker, String server, @Nullable Instant complete, Set<Behind> behind) {
        public Answer {
            behind = Set.copyOf(behind);
        }
    }

    /** What takes samples, and is told before which of them are new. */
    interface Taker extends Consumer<Sample> {
        /** Called once, before the first sample. */
        void expect(News news);
    }

    /**
     * Which slots of the time before a period came since a moment.
     *
     * @param times of the slots, by member, in order
     * @param members all there are
     */
    record News(Map<String, List<Period>> times, Set<String> members) {
        /** There are none. */
        public static final News NONE = new News(Map.of(), Set.of());

        /** Whether what was measured on a host at a time may be among them. Agents are usually called as their hosts are. */
        boolean has(String host, Instant time) {
            return members.contains(host)
                    ? isIn(times.getOrDefault(host, List.of()), time)
                    : times.values().stream().anyMatch(one -> isIn(one, time));
        }

        private static boolean isIn(List<Period> times, Instant time) {
            return times.stream().anyMatch(one -> !time.isBefore(one.begin()) && time.isBefore(one.end()));
        }
    }

    /** A member that is expected to have measured, and has not delivered that yet. */
    record Behind(String source, String member) {}
}
