// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is recorded of what was true, beside what Nova's release 2014.2 recorded: 60 readings of a counter that grows by 100 between two of
 * them, 20 in a period, with a replica that is behind or stands still, and counters that begin anew.
 */
class BandwidthTableTest {
    private static final Instant START = Instant.parse("2026-11-22T01:00:00Z");
    private static final int PERIODS = 3;
    private static final int POLLS = 20;
    private static final long[] TRUE = {1900, 2000, 2000};

    /** Which state of the primary a replica shows, and what counters do. */
    enum Case {
        NO_LAG(0, 0, 0, false, 5900),
        NO_LAG_AND_A_RESET(0, 0, 0, true, 5900),
        ONE_POLL_BEHIND(1, 0, 0, false, 5800),
        THREE_POLLS_BEHIND(3, 0, 0, false, 5600),
        THREE_POLLS_BEHIND_AND_A_RESET(3, 0, 0, true, 5400),
        FROZEN_OVER_THE_END_OF_A_PERIOD(0, 15, 25, false, 6400),
        FROZEN_WHILE_AN_INSTANCE_STARTS(0, 0, 12, false, 4800);

        private final int behind;
        private final int frozenFrom;
        private final int frozenUntil;
        private final boolean reset;
        private final long juno;

        Case(int behind, int frozenFrom, int frozenUntil, boolean reset, long juno) {
            this.behind = behind;
            this.frozenFrom = frozenFrom;
            this.frozenUntil = frozenUntil;
            this.reset = reset;
            this.juno = juno;
        }

        /** A state is that before the poll of its number. */
        int stateAt(int poll) {
            return poll >= frozenFrom && poll < frozenUntil ? frozenFrom : Math.max(0, poll - behind);
        }

        long shown(int poll) {
            return 100L * (reset && poll >= 30 ? poll - 29 : poll);
        }
    }

    private static Instant at(int poll) {
        return START.plus(Duration.ofMinutes(poll));
    }

    private static Period period(int number) {
        return new Period(at(number * POLLS), at((number + 1) * POLLS));
    }

    @ParameterizedTest
    @EnumSource
    void recordedToTrueIsOne(Case one) throws AuditException {
        JunoBandwidth juno = new JunoBandwidth();
        for (int poll = 0; poll < PERIODS * POLLS; poll++) {
            juno.poll(poll, one.shown(poll), one::stateAt);
        }
        List<Long> ours = ours(one);
        for (int i = 0; i < PERIODS; i++) {
            assertThat(ratio(ours.get(i), i)).isEqualTo(1.000);
        }
        assertThat(juno.recorded()).isEqualTo(one.juno);
        if (one.behind == 0 && one.frozenUntil == 0) {
            assertThat(ratio(juno.recorded(0), 0)).isEqualTo(1.000);
        } else {
            assertThat(IntStream.range(0, PERIODS).mapToDouble(i -> ratio(juno.recorded(i), i)))
                    .anyMatch(ratio -> ratio < 0.99 || ratio > 1.01);
        }
    }

    private static double ratio(long recorded, int period) {
        return (double) recorded / TRUE[period];
    }

    /** Each period is tried at each poll after its end, with what the replica shows by then. */
    private static List<Long> ours(Case one) {
        FakeCloud cloud = new FakeCloud();
        FakeMeasurements measured = new FakeMeasurements();
        cloud.instances.add(new InstanceVersion("i-1", START, START, "h1", START, null, Map.of()));
        cloud.watermark = Instant.MAX;
        CountingAuditor auditor = new CountingAuditor(
                new PollBandwidthUsage(),
                new CountingOptions(Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofMinutes(5)),
                measured,
                cloud,
                measured,
                cloud,
                cloud);
        int share = CounterFold.share("i-1");
        int done = 0;
        for (int poll = 0; done < PERIODS; poll++) {
            cloud.now = at(poll);
            measured.samples.clear();
            int shown = Math.min(one.stateAt(poll), PERIODS * POLLS);
            IntStream.range(0, shown).forEach(seen -> measured.traffic(at(seen), "h1", "i-1", "m", one.shown(seen), 0));
            measured.behind.clear();
            if (shown < (done + 1) * POLLS) {
                measured.behind.add(new Measurements.Behind("compute", "h1"));
            }
            done += auditor.run(period(done), share) instanceof AuditResult.Done ? 1 : 0;
        }
        List<Long> sums = new ArrayList<>();
        IntStream.range(0, PERIODS).forEach(i -> sums.add(measured.sum(period(i), "bw_in")));
        return sums;
    }
}
