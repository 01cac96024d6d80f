// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import io.nephometer.runtime.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps our queue bound to the exchanges of the services, which are never created or changed by us: another flag than the
 * service's own would give the service errors. So they are asked for passively, bound when they are there, and bound again
 * when they come back. For one thread.
 */
final class ExchangeBindings {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeBindings.class);

    private final String queue;
    private final List<String> routingKeys;
    private final LinkTiming timing;
    private final InstantSource clock;
    private final Ticker ticker;
    private final List<ExchangeWatch> watches;

    ExchangeBindings(Intake.OwnQueue own, LinkTiming timing, GapLog gaps, InstantSource clock, Ticker ticker) {
        this.queue = own.queue();
        this.routingKeys = own.subscription().routingKeys();
        this.timing = timing;
        this.clock = clock;
        this.ticker = ticker;
        this.watches = own.subscription().exchanges().stream()
                .distinct()
                .map(exchange -> new ExchangeWatch(exchange, gaps))
                .toList();
    }

    /** Every exchange is looked at anew in a new connection. */
    void reconnected() {
        watches.forEach(ExchangeWatch::reconnected);
    }

    /** No binding to a transient exchange is left. */
    void bindingsLost(String detail) {
        watches.forEach(watch -> watch.bindingsLost(detail));
    }

    /** Looks at the exchanges whose time has come. */
    void check(ProbeChannel probe) throws IOException {
        for (ExchangeWatch watch : watches) {
            if (watch.isDue(ticker.nanos())) {
                look(watch, probe);
            }
        }
    }

    Duration untilNextCheck() {
        long now = ticker.nanos();
        return Duration.ofNanos(watches.stream()
                .mapToLong(watch -> watch.nanosToNextLook(now))
                .min()
                .orElse(timing.check().toNanos()));
    }

    /** The exchanges in this state, by name. */
    List<String> in(ExchangeWatch.State state) {
        return watches.stream()
                .filter(watch -> watch.state() == state)
                .map(ExchangeWatch::name)
                .toList();
    }

    /** The exchanges whose notifications we are missing. */
    List<String> losing() {
        return watches.stream()
                .filter(ExchangeWatch::isLosing)
                .map(ExchangeWatch::name)
                .toList();
    }

    private void look(ExchangeWatch watch, ProbeChannel probe) throws IOException {
        ExchangeWatch.State before = watch.state();
        try {
            probe.call(channel -> channel.exchangeDeclarePassive(watch.name()));
            for (String key : routingKeys) {
                // Each time: a binding that is there costs the broker one read, and one that vanished is there again.
                probe.call(channel -> channel.queueBind(queue, watch.name(), key, Map.of()));
            }
            watch.bound(clock.instant(), ticker.nanos(), timing.check());
        } catch (RefusedException e) {
            switch (e.code()) {
                case RefusedException.NOT_FOUND -> watch.absent(clock.instant(), ticker.nanos(), timing);
                case RefusedException.ACCESS_REFUSED -> {
                    watch.refused(clock.instant(), ticker.nanos(), timing, e.text());
                    if (before != ExchangeWatch.State.REFUSED) {
                        LOG.warn(
                                "Cannot bind to exchange {}, asking again each {}: {}",
                                watch.name(),
                                timing.absentMost(),
                                e.text());
                    }
                }
                default -> throw new IOException("cannot bind to exchange " + watch.name() + ": " + e.text(), e);
            }
        }
    }
}
