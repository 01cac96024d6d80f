// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the broker drops from our queue at its bound. The queue lets go of its oldest messages there, so that publishers
 * never wait; they pass, as dead letters, into a small queue whose content is counted by purging it: the broker answers a
 * purge with the number of messages, without sending them. If nobody counts for so long that the small queue overflows too,
 * one of those messages stays in a third queue of length one: then the count is a lower bound. For one thread.
 */
final class OverflowMeter {
    /** What may wait to be counted. */
    static final long OVERFLOW_BYTES = 64L << 20;

    private final Intake.OwnQueue own;
    private final GapLog gaps;
    private final InstantSource clock;
    private @Nullable Gap gap;
    private final AtomicLong counted = new AtomicLong();

    OverflowMeter(Intake.OwnQueue own, GapLog gaps, InstantSource clock) {
        this.own = own;
        this.gaps = gaps;
        this.clock = clock;
    }

    /** All that was counted since this process began. */
    long counted() {
        return counted.get();
    }

    /** Whether the queue was overflowing at the last check. */
    boolean isOverflowing() {
        return gap != null;
    }

    void check(ProbeChannel probe) throws IOException, RefusedException {
        long waiting = probe.call(channel -> channel.messageCount(own.overflowQueue()));
        if (waiting > 0) {
            count(probe);
        } else {
            Gap open = gap;
            if (open != null) {
                gap = null;
                gaps.end(open.endedAt(clock.instant()));
            }
        }
    }

    private void count(ProbeChannel probe) throws IOException, RefusedException {
        GetResponse oldest = probe.call(channel -> channel.basicGet(own.overflowQueue(), true));
        long lost = (oldest == null ? 0L : 1L)
                + probe.call(channel -> channel.queuePurge(own.overflowQueue())).getMessageCount();
        boolean more =
                probe.call(channel -> channel.queuePurge(own.uncountedQueue())).getMessageCount() > 0;
        if (lost == 0) {
            return; // another collector on our queue counted them
        }
        counted.addAndGet(lost);
        Gap open = gap;
        Gap grown = new Gap(
                Gap.Kind.OVERFLOW,
                own.queue(),
                open == null ? droppedAt(oldest) : open.from(),
                null,
                lost + (open == null || open.lost() == null ? 0 : open.lost()),
                more || (open != null && open.atLeast()),
                "the queue is at its bound of " + own.maxBytes() + " bytes and the broker dropped its oldest messages");
        gap = grown;
        if (open == null) {
            gaps.tell(grown);
        } else {
            gaps.grow(grown);
        }
    }

    /** When the broker dropped this message, to the second; now if it does not say. */
    private Instant droppedAt(@Nullable GetResponse message) {
        Map<String, Object> headers =
                message == null ? null : message.getProps().getHeaders();
        if (headers != null
                && headers.get("x-death") instanceof List<?> deaths
                && !deaths.isEmpty()
                && deaths.getFirst() instanceof Map<?, ?> death
                && death.get("time") instanceof Date time) {
            return time.toInstant();
        }
        return clock.instant();
    }
}
