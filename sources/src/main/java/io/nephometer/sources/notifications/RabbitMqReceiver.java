// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.model.Delivery;
import io.nephometer.model.Receiver;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.DurationText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes notifications from RabbitMQ. The broker belongs to the control plane: what this declares is its own, durable and
 * bounded, and nothing of the services is created or changed.
 *
 * <p>It reconnects by itself for as long as it takes; {@link #health} says how it stands and {@link GapListener} what was
 * missed. Several receivers, in several processes, may share one queue.
 */
public final class RabbitMqReceiver implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(RabbitMqReceiver.class);
    private static final Duration PAUSE_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private final String name;
    private final Inbox inbox = new Inbox();
    private final GapLog gaps;
    private final InstantSource clock;
    private final Topology topology;
    private final Link link;
    private final Object lifecycle = new Object();

    @GuardedBy("lifecycle") private @Nullable Thread thread;

    @GuardedBy("lifecycle") private boolean closed;

    /** One that cannot know whether it ever ran before this process; see the other constructor. */
    public RabbitMqReceiver(RabbitMqOptions options, GapListener gaps, InstantSource clock, Ticker ticker) {
        this(options, gaps, clock, ticker, Optional::empty);
    }

    /**
     * @param gaps told of what was missed
     * @param knownBefore whether messages were taken under this {@link #name} before; empty while nobody can say. Asked, and
     *     asked again, if our own queue is missing at the start: then it was deleted while we were away
     */
    public RabbitMqReceiver(
            RabbitMqOptions options,
            GapListener gaps,
            InstantSource clock,
            Ticker ticker,
            Supplier<Optional<Boolean>> knownBefore) {
        this.name = "rabbitmq:" + String.join(",", queues(options.intake()));
        this.gaps = new GapLog(gaps);
        this.clock = clock;
        this.topology = topology(options, ticker, knownBefore);
        this.link = new Link(
                options,
                new Connector(options),
                topology,
                inbox,
                ticker,
                new Reconnection(options.timing(), RandomGenerator.getDefault()));
    }

    private static List<String> queues(Intake intake) {
        return switch (intake) {
            case Intake.OwnQueue own -> List.of(own.queue());
            case Intake.ExistingQueues existing -> existing.queues();
        };
    }

    private Topology topology(RabbitMqOptions options, Ticker ticker, Supplier<Optional<Boolean>> knownBefore) {
        return switch (options.intake()) {
            case Intake.OwnQueue own ->
                new OwnQueueTopology(own, options.timing(), gaps, clock, ticker, inbox::meanBytes, knownBefore);
            case Intake.ExistingQueues existing -> new ExistingQueuesTopology(existing, options.timing(), gaps, clock);
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        synchronized (lifecycle) {
            if (thread == null && !closed) {
                thread = Thread.ofVirtual().name(name).start(link);
            }
        }
    }

    /** How the intake stands, as of the last look. */
    public Health health() {
        return link.health();
    }

    /** Figures, as of now. */
    public RabbitMqStatus status() {
        Session session = link.session();
        return new RabbitMqStatus(
                inbox.received(),
                inbox.redelivered(),
                inbox.size(),
                session == null ? 0 : session.unsettled(),
                session == null ? 0 : session.heldBytes(),
                topology.depth(),
                topology.overflowed(),
                link.attempts(),
                link.connections());
    }

    @Override
    public @Nullable Delivery receive(Duration wait) throws InterruptedException {
        return inbox.take(wait);
    }

    /** Never: there is always another message, some day. */
    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public void acknowledge(List<? extends Delivery> deliveries) {
        Session session = link.session();
        if (session != null) {
            session.acknowledge(of(session, deliveries));
        }
    }

    @Override
    public void giveBack(List<? extends Delivery> deliveries) {
        List<RabbitMqDelivery> orphans = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            if (delivery instanceof RabbitMqDelivery ours && ours.isOrphan()) {
                orphans.add(ours);
            }
        }
        inbox.putBack(orphans);
        Session session = link.session();
        if (session != null) {
            List<RabbitMqDelivery> returned = new ArrayList<>(of(session, deliveries));
            returned.removeAll(orphans);
            session.giveBack(returned);
        }
    }

    /** Those of this session; the broker has requeued the others when theirs ended. */
    private static List<RabbitMqDelivery> of(Session session, List<? extends Delivery> deliveries) {
        List<RabbitMqDelivery> current = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            if (delivery instanceof RabbitMqDelivery ours && ours.session() == session) {
                current.add(ours);
            }
        }
        return current;
    }

    /** Returns when the broker has confirmed; without a connection at once. The bindings are looked after all the same. */
    @Override
    public void pause() {
        inbox.openGate(false);
        CountDownLatch obeyed = link.obeyGate();
        Session session = link.session();
        if (session == null) {
            return;
        }
        try {
            if (!obeyed.await(PAUSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                session.end("consuming could not be stopped within " + DurationText.print(PAUSE_LIMIT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void resume() {
        inbox.openGate(true);
        link.obeyGate();
    }

    /** Messages that only we have, because their queue was deleted, are lost by this, and are told as a gap. */
    @Override
    public void close() {
        Thread running;
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            closed = true;
            running = thread;
        }
        inbox.openGate(false);
        link.stop();
        if (running != null) {
            end(running);
        }
        int orphans = inbox.remove(RabbitMqDelivery::isOrphan).size();
        if (orphans > 0) {
            gaps.tell(new Gap(
                    Gap.Kind.QUEUE_DELETED,
                    name,
                    clock.instant(),
                    clock.instant(),
                    (long) orphans,
                    false,
                    "closed before the last messages of a deleted queue were processed"));
        }
    }

    private static void end(Thread running) {
        try {
            if (!running.join(CLOSE_LIMIT)) {
                LOG.warn(
                        "{} did not end within {}, interrupting it",
                        running.getName(),
                        DurationText.print(CLOSE_LIMIT));
                running.interrupt();
                running.join(CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            running.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
