// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What pollsters find for one slot. A resource that was found twice counts as it was found last, as a list that changes while it
 * is read may tell it twice. Thread-safe.
 */
final class SlotTally {
    private static final Logger LOG = LoggerFactory.getLogger(SlotTally.class);

    private final Slot slot;

    @GuardedBy("this") private final Map<String, Found> found = new LinkedHashMap<>();

    @GuardedBy("this") private final Map<String, Shortfall> shortfalls = new LinkedHashMap<>();

    SlotTally(Slot slot) {
        this.slot = slot;
    }

    /** Measures one resource; what fails costs a pollster of this resource, and no more. */
    void poll(Discovered resource, List<CentralPollster> pollsters) throws InterruptedException {
        Found of = new Found();
        for (CentralPollster pollster : pollsters) {
            poll(resource, pollster, of);
        }
        synchronized (this) {
            found.put(resource.id(), of);
        }
    }

    private void poll(Discovered resource, CentralPollster pollster, Found of) throws InterruptedException {
        Found own = new Found();
        String what = pollster.name() + " of " + resource.id() + ": ";
        try {
            pollster.poll(resource, own.taking(slot, what));
            of.add(own);
        } catch (ApiException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while it asked for " + pollster.name());
            }
            of.told.add(new Shortfall(reason(e), 1, what + e.getMessage()));
            of.unanswered += e.failure() == ApiFailure.NO_SERVICE ? 0 : 1;
        } catch (RuntimeException e) {
            // A defect of ours. The other pollsters and resources are none the worse for it.
            LOG.error("Pollster {} failed for {}", pollster.name(), resource.id(), e);
            of.told.add(new Shortfall("pollster_failed", 1, what + e));
        }
    }

    static String reason(ApiException e) {
        return e.failure() == ApiFailure.NO_SERVICE
                ? Shortfall.NO_SERVICE
                : "api_" + e.failure().label();
    }

    /** Something that is not of one resource. */
    synchronized void tell(Shortfall shortfall) {
        shortfalls.merge(
                shortfall.reason(),
                shortfall,
                (first, next) -> new Shortfall(first.reason(), first.count() + next.count(), first.detail()));
    }

    synchronized int resources() {
        return found.size();
    }

    synchronized List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        found.values().forEach(of -> samples.addAll(of.samples.values()));
        return samples;
    }

    /** One for each reason, with the first detail. */
    synchronized List<Shortfall> shortfalls() {
        found.values().forEach(of -> of.told.forEach(this::tell));
        found.values().forEach(of -> of.told.clear());
        return List.copyOf(shortfalls.values());
    }

    /** How often what was noted. */
    synchronized Map<String, Long> notes() {
        return found.values().stream()
                .flatMap(of -> of.notes.stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** Whether there were resources, and not one of them gave an answer. */
    synchronized boolean isUnanswered() {
        return !found.isEmpty() && found.values().stream().allMatch(of -> of.samples.isEmpty() && of.unanswered > 0);
    }

    /** Of one resource; for one thread. */
    private static final class Found {
        private final Map<String, Sample> samples = new LinkedHashMap<>();
        private final List<Shortfall> told = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private int unanswered;

        void add(Found more) {
            samples.putAll(more.samples);
            told.addAll(more.told);
            notes.addAll(more.notes);
        }

        ValueSink taking(Slot slot, String what) {
            return new ValueSink() {
                @Override
                public void value(MeasuredValue value) {
                    Sample sample = new Sample(
                            new Sample.Origin.Slotted(slot),
                            value.meter(),
                            value.volume(),
                            value.resourceId(),
                            value.projectId(),
                            value.userId(),
                            slot.start(),
                            value.metadata());
                    samples.put(sample.id().toString(), sample);
                }

                @Override
                public void tell(String reason, String detail) {
                    told.add(new Shortfall(reason, 1, what + detail));
                }

                @Override
                public void note(String reason) {
                    notes.add(reason);
                }
            };
        }
    }
}
