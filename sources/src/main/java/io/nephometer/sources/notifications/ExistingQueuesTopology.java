// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import io.nephometer.runtime.Health;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queues of somebody else, adopted as they are. We cannot know whether they outlive a restart of the broker, so every time
 * without a connection is a possible gap.
 */
final class ExistingQueuesTopology implements Topology {
    private final Intake.ExistingQueues intake;
    private final LinkTiming timing;
    private final GapLog gaps;
    private final InstantSource clock;
    private @Nullable Instant lastWell;
    /** Written by the supervising thread alone, read by any. */
    private volatile long depth;

    ExistingQueuesTopology(Intake.ExistingQueues intake, LinkTiming timing, GapLog gaps, InstantSource clock) {
        this.intake = intake;
        this.timing = timing;
        this.gaps = gaps;
        this.clock = clock;
    }

    @Override
    public void prepare(Session session) throws IOException, RefusedException {
        count(session);
        Instant before = lastWell;
        Instant now = clock.instant();
        if (before != null) {
            String detail =
                    "we were away; if a queue does not outlive a restart of the broker, messages may be missing";
            for (String queue : intake.queues()) {
                gaps.tell(new Gap(Gap.Kind.DISCONNECTED, queue, before, now, null, false, detail));
            }
        }
        lastWell = now;
    }

    @Override
    public void check(Session session) throws IOException, RefusedException {
        count(session);
        lastWell = clock.instant();
    }

    private void count(Session session) throws IOException, RefusedException {
        long messages = 0;
        for (String queue : intake.queues()) {
            messages += session.probe()
                    .call(channel -> channel.queueDeclarePassive(queue))
                    .getMessageCount();
        }
        depth = messages;
    }

    @Override
    public Duration untilNextCheck() {
        return timing.check();
    }

    @Override
    public List<String> queues() {
        return intake.queues();
    }

    @Override
    public Health health(Session session) {
        return new Health.Up("consuming " + String.join(", ", intake.queues()) + " at "
                + session.broker().address());
    }

    @Override
    public long depth() {
        return depth;
    }

    @Override
    public long overflowed() {
        return 0;
    }
}
