// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * Lets the cloud live up to the present, second by second. What happens depends on the seed and on the seconds lived alone, not on
 * how often or in which portions it is asked to. Thread-safe.
 */
public final class Life {
    private static final int CHUNK = 50;

    private final Cloud cloud;
    private final LifeRates rates;
    private final Whim whim;
    private final Random random;
    private final UsageAudit audit;

    @GuardedBy("this") private Instant lived;

    Life(Cloud cloud, Operations operations, Offers offers, LifeRates rates, long seed, int target) {
        this.cloud = cloud;
        this.rates = rates;
        random = new Random(seed);
        whim = new Whim(cloud, operations, offers, rates, random, target);
        audit = new UsageAudit(cloud);
        lived = cloud.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Lives up to the present of the hosts' clock; if that was set back, nothing happens until it catches up. */
    public synchronized void catchUp() {
        Instant present = cloud.clock().instant();
        Instant tick = lived.plusSeconds(1);
        while (!tick.isAfter(present)) {
            live(tick);
            lived = tick;
            tick = tick.plusSeconds(1);
        }
        runAgenda(present);
    }

    private void live(Instant tick) {
        runAgenda(tick);
        audit.tick(tick);
        if (rates.isAlive()) {
            int changes = draw(rates.perServerHour()
                    * Math.max(1, cloud.serverCount())
                    / Duration.ofHours(1).toSeconds());
            for (int i = 0; i < changes; i++) {
                whim.happen(tick);
            }
        }
    }

    private void runAgenda(Instant until) {
        cloud.inside(in -> {
            in.agenda().run(until);
            return until;
        });
    }

    /** A number of events with the given mean, as rare events come. */
    private int draw(double mean) {
        int events = 0;
        double left = mean;
        while (left > 0) {
            events += drawSmall(Math.min(left, CHUNK));
            left -= CHUNK;
        }
        return events;
    }

    private int drawSmall(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int events = 0;
        while (product > limit) {
            events++;
            product *= random.nextDouble();
        }
        return events;
    }
}
