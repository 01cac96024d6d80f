// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How instances were at the end of a period, by an inventory that has versions. It stands behind the cells, by a minute or two when all is
 * well; so it is waited for while it lives. For one thread.
 */
public final class OwnVersions {
    /** An inventory that is no further behind is kept by somebody. */
    private static final Duration ALIVE = Duration.ofMinutes(10);

    private final Inventory own;
    private final Ticker ticker;
    private final Duration patience;

    private boolean looked;
    private @Nullable Instant mark;
    private long moved;

    /**
     * Asks {@code own}.
     *
     * @param patience how long one that is further behind, or has not begun, is waited for since it got on last
     */
    public OwnVersions(Inventory own, Ticker ticker, Duration patience) {
        this.own = own;
        this.ticker = ticker;
        this.patience = patience;
    }

    /** Nobody is asked. */
    public static OwnVersions none() {
        Inventory nothing = new Inventory() {
            @Override
            public Place place(Instant needed) {
                return new Place("none", null, null);
            }

            @Override
            public Window window(Period period, int share, Instant needed) {
                return new Window(place(needed), List.of());
            }
        };
        return new OwnVersions(nothing, Ticker.system(), Duration.ZERO);
    }

    /**
     * What it says.
     *
     * @param complete whether it knows all of the period: who is not in {@code known} did not live then
     * @param known by id
     * @param unsure of these it does not know it either; ordered
     * @param awaited where it stands, if it is not complete yet and is expected to be soon; else null
     */
    record Answer(
            boolean complete,
            Map<String, InstanceVersion> known,
            List<String> unsure,
            Inventory.@Nullable Place awaited) {
        static final Answer NOTHING = new Answer(false, Map.of(), List.of(), null);
    }

    /**
     * Asks for some instances.
     *
     * @param needed as an audit asks for it
     * @param now up to when the cells are known
     */
    Answer of(Period period, Set<String> instances, Instant needed, Instant now) throws AuditException {
        if (instances.isEmpty()) {
            return Answer.NOTHING;
        }
        Inventory.Window window = own.window(period, instances, needed);
        Inventory.Place place = window.place();
        if (place.from() != null && place.from().isAfter(period.begin())) {
            return Answer.NOTHING;
        }
        if (!place.isCompleteUpTo(needed)) {
            return isAwaited(place.watermark(), now) ? new Answer(false, Map.of(), List.of(), place) : Answer.NOTHING;
        }
        Map<String, InstanceVersion> known = new HashMap<>();
        window.instances().forEach(one -> known.put(one.id(), one));
        return new Answer(true, known, window.unsure(), null);
    }

    private boolean isAwaited(@Nullable Instant watermark, Instant now) {
        if (!looked || !Objects.equals(watermark, mark)) {
            looked = true;
            mark = watermark;
            moved = ticker.nanos();
        }
        boolean alive = watermark != null && !watermark.plus(ALIVE).isBefore(now);
        return alive || ticker.nanos() - moved < patience.toNanos();
    }
}
