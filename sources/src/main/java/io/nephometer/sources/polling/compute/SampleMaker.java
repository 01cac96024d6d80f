// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.inventory.discovery.DiscoveredInstance;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.sources.polling.MeasuringTime;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the samples of the pollsters of one source. What fails for one instance says so and does not touch the others. For one thread. */
final class SampleMaker {
    private static final Logger LOG = LoggerFactory.getLogger(SampleMaker.class);
    /** A rate over more than this many intervals says nothing about the slot that it would stand in. */
    private static final int MOST_INTERVALS = 3;

    private final double mostSeconds;
    private final CounterMemory memory = new CounterMemory();
    private final ComputeObserver observer;

    SampleMaker(Duration interval, ComputeObserver observer) {
        this.mostSeconds = interval.multipliedBy(MOST_INTERVALS).toSeconds();
        this.observer = observer;
    }

    /** A new cycle begins, of these instances and of some that could not be read. */
    void turn(List<DiscoveredInstance> instances, Set<String> unreadable) {
        memory.turn(instances, unreadable);
    }

    /** What was made in this cycle is delivered. */
    void delivered() {
        memory.settle();
    }

    /** Adds the samples of one slot to {@code taken}, and what is wrong to {@code shortfalls}. */
    void make(
            Pollster pollster,
            List<DiscoveredInstance> instances,
            Slot slot,
            MeasuringTime measured,
            List<Sample> taken,
            List<Shortfall> shortfalls) {
        Run run = new Run(pollster, slot, measured, taken);
        int before = taken.size();
        for (DiscoveredInstance instance : instances) {
            if (applies(pollster.scope(), instance)) {
                run.instance(instance);
            }
        }
        observer.sampled(pollster.name(), taken.size() - before);
        run.skips.forEach((why, count) -> observer.skipped(pollster.name(), why, count));
        int failed = run.skips.getOrDefault(Skip.FAILED, 0);
        if (failed > 0) {
            shortfalls.add(new Shortfall("pollster_failed", failed, pollster.name() + ": " + run.failure));
        }
    }

    private static boolean applies(Pollster.Scope scope, DiscoveredInstance instance) {
        return switch (scope) {
            case RUNNING -> instance.isRunning();
            case DEFINED -> instance.domain() != null;
            case KNOWN -> true;
            case HOST -> false;
        };
    }

    /** One pollster in one slot. */
    private final class Run {
        private final Pollster pollster;
        private final Slot slot;
        private final MeasuringTime measured;
        private final List<Sample> taken;
        private final Map<Skip, Integer> skips = new EnumMap<>(Skip.class);
        private String failure = "";

        Run(Pollster pollster, Slot slot, MeasuringTime measured, List<Sample> taken) {
            this.pollster = pollster;
            this.slot = slot;
            this.measured = measured;
            this.taken = taken;
        }

        void instance(DiscoveredInstance instance) {
            try {
                for (Reading reading : pollster.series().of(instance)) {
                    Number volume = volume(instance, reading);
                    if (volume != null) {
                        taken.add(sample(instance, reading, volume));
                    }
                }
            } catch (RuntimeException e) {
                // A defect of ours. The other meters and instances are none the worse for it.
                LOG.error("Pollster {} failed for instance {}", pollster.name(), instance.id(), e);
                failure = instance.id() + ": " + e;
                skip(Skip.FAILED);
            }
        }

        private @Nullable Number volume(DiscoveredInstance instance, Reading reading) {
            Number value = reading.volume();
            if (value == null) {
                return skip(Skip.NOT_AVAILABLE);
            }
            return switch (pollster.derivation()) {
                case Derivation.None _ -> value;
                case Derivation.Delta _ -> delta(growth(instance, reading, value));
                case Derivation.Rate(Derivation.Scale scale) -> rate(instance, growth(instance, reading, value), scale);
            };
        }

        private Growth growth(DiscoveredInstance instance, Reading reading, Number value) {
            return memory.note(instance.id(), pollster.name(), reading.resourceId(), value.longValue(), measured);
        }

        /** After a reset it is what came since: the rest was lost with the counter. */
        private @Nullable Number delta(Growth growth) {
            return switch (growth) {
                case Growth.First _ -> skip(Skip.NO_EARLIER_VALUE);
                case Growth.Reset(long since) -> since;
                // In doubt the less: what is counted twice is worse than what is said to be missing.
                case Growth.Grown(long by, double _, boolean _) -> by;
            };
        }

        private @Nullable Number rate(DiscoveredInstance instance, Growth growth, Derivation.Scale scale) {
            return switch (growth) {
                case Growth.First _ -> skip(Skip.NO_EARLIER_VALUE);
                case Growth.Reset _ -> skip(Skip.COUNTER_RESET);
                case Growth.Grown(long by, double seconds, boolean doubtful) -> {
                    if (doubtful) {
                        yield skip(Skip.COUNTER_RESET);
                    }
                    if (seconds <= 0 || seconds > mostSeconds) {
                        yield skip(Skip.GAP);
                    }
                    Double rate = scale.of(by / seconds, instance);
                    yield rate == null ? skip(Skip.NOT_AVAILABLE) : rate;
                }
            };
        }

        private Sample sample(DiscoveredInstance instance, Reading reading, Number volume) {
            Map<String, @Nullable Object> metadata =
                    new LinkedHashMap<>(instance.metadata().values());
            metadata.putAll(reading.extras());
            return new Sample(
                    new Sample.Origin.Slotted(slot),
                    pollster.meter(),
                    volume,
                    reading.resourceId(),
                    instance.projectId(),
                    instance.userId(),
                    slot.start(),
                    metadata);
        }

        private @Nullable Number skip(Skip why) {
            skips.merge(why, 1, Integer::sum);
            return null;
        }
    }
}
