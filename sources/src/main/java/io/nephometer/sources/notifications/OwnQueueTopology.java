// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.BuiltinExchangeType;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our own queue: durable, bounded, bound to the services' exchanges, with what counts its overflow. A transient exchange of
 * ours, the canary, tells a lost connection from a restarted broker: what makes the broker forget the services' transient
 * exchanges makes it forget the canary.
 */
final class OwnQueueTopology implements Topology {
    private static final Logger LOG = LoggerFactory.getLogger(OwnQueueTopology.class);
    private static final double ALARM = 0.8;
    /** From this version on quorum queues drop what was given back too often, unless told otherwise. */
    private static final int DELIVERY_LIMIT_BY_DEFAULT = 4;

    private final Intake.OwnQueue own;
    private final LinkTiming timing;
    private final GapLog gaps;
    private final InstantSource clock;
    private final DoubleSupplier meanBytes;
    private final Supplier<Optional<Boolean>> knownBefore;
    private final ExchangeBindings bindings;
    private final OverflowMeter overflow;
    private @Nullable Instant lastWell;
    /** When our queue was made at the start, as long as we do not know whether that was for the first time. */
    private @Nullable Instant madeAtStart;
    /** Written by the supervising thread alone, read by any. */
    private volatile long depth;

    private boolean alarmed;
    private boolean otherArguments;

    OwnQueueTopology(
            Intake.OwnQueue own,
            LinkTiming timing,
            GapLog gaps,
            InstantSource clock,
            Ticker ticker,
            DoubleSupplier meanBytes,
            Supplier<Optional<Boolean>> knownBefore) {
        this.own = own;
        this.timing = timing;
        this.gaps = gaps;
        this.clock = clock;
        this.meanBytes = meanBytes;
        this.knownBefore = knownBefore;
        this.bindings = new ExchangeBindings(own, timing, gaps, clock, ticker);
        this.overflow = new OverflowMeter(own, gaps, clock);
    }

    @Override
    public void prepare(Session session) throws IOException, RefusedException {
        ProbeChannel probe = session.probe();
        boolean existed = probe.exists(channel -> channel.queueDeclarePassive(own.queue()));
        declareOverflow(probe);
        declareQueue(session);
        bindings.reconnected();
        if (!existed) {
            queueMissing();
        } else if (!probe.exists(channel -> channel.exchangeDeclarePassive(own.canary()))) {
            bindings.bindingsLost("the broker was restarted; bindings to transient exchanges were gone");
        }
        check(session);
        probe.call(
                channel -> channel.exchangeDeclare(own.canary(), BuiltinExchangeType.FANOUT, false, false, Map.of()));
    }

    private void declareOverflow(ProbeChannel probe) throws IOException, RefusedException {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("x-max-length", 1L);
        declareDeadLetters(probe, own.uncountedQueue(), one);
        Map<String, Object> small = new LinkedHashMap<>();
        small.put("x-max-length-bytes", OverflowMeter.OVERFLOW_BYTES);
        small.put("x-queue-mode", "lazy");
        small.put("x-dead-letter-exchange", own.uncountedQueue());
        declareDeadLetters(probe, own.overflowQueue(), small);
    }

    /** A queue and the exchange of the same name that fills it. */
    private void declareDeadLetters(ProbeChannel probe, String name, Map<String, Object> arguments)
            throws IOException, RefusedException {
        probe.call(channel -> channel.exchangeDeclare(name, BuiltinExchangeType.FANOUT, true, false, Map.of()));
        declareOrAdopt(probe, name, arguments);
        probe.call(channel -> channel.queueBind(name, name, "", Map.of()));
    }

    private void declareQueue(Session session) throws IOException, RefusedException {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("x-max-length-bytes", own.maxBytes());
        arguments.put("x-overflow", "drop-head");
        arguments.put("x-dead-letter-exchange", own.overflowQueue());
        switch (own.type()) {
            // Lazy: a backlog stays on disk, where it cannot make the broker run out of memory and stop all publishers.
            case CLASSIC -> arguments.put("x-queue-mode", "lazy");
            case QUORUM -> {
                arguments.put("x-queue-type", "quorum");
                if (majorVersion(session) >= DELIVERY_LIMIT_BY_DEFAULT) {
                    arguments.put("x-delivery-limit", -1L);
                }
            }
        }
        boolean adopted = !declareOrAdopt(session.probe(), own.queue(), arguments);
        if (adopted && !otherArguments) {
            LOG.warn(
                    "Queue {} exists with other arguments than {} and is used as it is; to change it, let it run empty and delete it",
                    own.queue(),
                    arguments);
        }
        otherArguments = adopted;
    }

    private static int majorVersion(Session session) {
        String version = session.brokerProperty("version");
        String major = version.substring(0, Math.max(0, version.indexOf('.')));
        return major.chars().allMatch(Character::isDigit) && !major.isEmpty() ? Integer.parseInt(major) : 0;
    }

    /** @return false if the queue exists with other arguments and is used as it is */
    private static boolean declareOrAdopt(ProbeChannel probe, String queue, Map<String, Object> arguments)
            throws IOException, RefusedException {
        try {
            probe.call(channel -> channel.queueDeclare(queue, true, false, false, arguments));
            return true;
        } catch (RefusedException e) {
            if (e.code() != RefusedException.PRECONDITION_FAILED) {
                throw e;
            }
            probe.call(channel -> channel.queueDeclarePassive(queue));
            return false;
        }
    }

    /** There was no queue: the first start ever, or somebody deleted it. */
    private void queueMissing() {
        Instant before = lastWell;
        if (before == null) {
            madeAtStart = clock.instant();
        } else {
            String detail =
                    "the queue was deleted with what it held; at the last look " + depth + " messages waited in it";
            gaps.tell(new Gap(Gap.Kind.QUEUE_DELETED, own.queue(), before, clock.instant(), depth, true, detail));
        }
    }

    /** Only the ledger remembers whether there has been a queue. */
    private void resolveStart() {
        Instant made = madeAtStart;
        Optional<Boolean> known = made == null ? Optional.empty() : knownBefore.get();
        if (known.isPresent()) {
            madeAtStart = null;
            if (known.get()) {
                String detail = "the queue was deleted while no collector ran, with what it held";
                gaps.tell(new Gap(Gap.Kind.QUEUE_DELETED, own.queue(), null, made, null, false, detail));
            }
        }
    }

    @Override
    public void check(Session session) throws IOException, RefusedException {
        resolveStart();
        bindings.check(session.probe());
        overflow.check(session.probe());
        depth = depth(session);
        lastWell = clock.instant();
        noteFilling();
    }

    private long depth(Session session) throws IOException, RefusedException {
        try {
            return session.probe().call(channel -> channel.messageCount(own.queue()));
        } catch (RefusedException e) {
            if (e.code() == RefusedException.NOT_FOUND) {
                session.lost(own.queue()); // what the broker tells our consumer of this may come later
            }
            throw e;
        }
    }

    /** The broker tells us how many messages wait, not how large they are: estimated by those that came lately. */
    private double filled() {
        return depth * meanBytes.getAsDouble() / own.maxBytes();
    }

    private void noteFilling() {
        boolean filling = filled() >= ALARM;
        if (filling && !alarmed) {
            LOG.warn(
                    "Queue {} is about {} % full ({} messages); at its bound of {} bytes the broker drops the oldest",
                    own.queue(), Math.round(filled() * 100), depth, own.maxBytes());
        } else if (!filling && alarmed) {
            LOG.info("Queue {} is below {} % of its bound again", own.queue(), Math.round(ALARM * 100));
        }
        alarmed = filling;
    }

    @Override
    public Duration untilNextCheck() {
        Duration exchanges = bindings.untilNextCheck();
        return exchanges.compareTo(timing.check()) < 0 ? exchanges : timing.check();
    }

    @Override
    public List<String> queues() {
        return List.of(own.queue());
    }

    @Override
    public Health health(Session session) {
        List<String> bound = bindings.in(ExchangeWatch.State.BOUND);
        List<String> complaints = complaints(bound);
        String consuming =
                "consuming " + own.queue() + " at " + session.broker().address();
        if (!complaints.isEmpty()) {
            return new Health.Degraded(consuming + ", but " + String.join("; ", complaints));
        }
        List<String> absent = bindings.in(ExchangeWatch.State.ABSENT);
        String waiting = absent.isEmpty() ? "" : "; not there yet: " + String.join(", ", absent);
        return new Health.Up(consuming + ", bound to " + String.join(", ", bound) + waiting);
    }

    private List<String> complaints(List<String> bound) {
        List<String> complaints = new ArrayList<>();
        if (bound.isEmpty()) {
            complaints.add("none of the exchanges exists that it waits for");
        }
        if (!bindings.losing().isEmpty()) {
            complaints.add("exchanges are gone that were there: " + String.join(", ", bindings.losing()));
        }
        List<String> refused = bindings.in(ExchangeWatch.State.REFUSED);
        if (!refused.isEmpty()) {
            complaints.add("the user may not read from exchanges " + String.join(", ", refused));
        }
        if (overflow.isOverflowing()) {
            complaints.add("the queue is at its bound and loses its oldest messages");
        } else if (alarmed) {
            complaints.add("the queue is about " + Math.round(filled() * 100) + " % full");
        }
        if (otherArguments) {
            complaints.add("the queue exists with other arguments than configured");
        }
        return complaints;
    }

    @Override
    public long depth() {
        return depth;
    }

    @Override
    public long overflowed() {
        return overflow.counted();
    }
}
