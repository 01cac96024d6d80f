// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.polled;

import io.nephometer.model.Incarnation;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.model.Tenure;
import io.nephometer.pipeline.decode.IsoTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the payload of one of our own members says of its slot, beside Ceilometer's {@code samples}:
 *
 * <pre>{@code
 * "slot": {"source": "all_pollsters", "interval": 300, "start": "2026-11-22T10:00:00Z", "host": "cmp1",
 *          "part": 1, "parts": 1, "measured": "2026-11-22T10:00:42.125Z",
 *          "shortfalls": [{"reason": "not_nova", "count": 1, "detail": "…"}],
 *          "agent": {"version": 1, "incarnation": "8c1f…", "began": "2026-11-20T08:00:00Z",
 *                    "polls": [{"source": "all_pollsters", "interval": 300}]}}
 * }</pre>
 *
 * What was measured under a tenure has {@code "owner"} and {@code "epoch"} too. Who is alone
 * says by {@code agent} which run of it measured, if it is of a version that does. Intervals are seconds. Keys that are not named here are for others.
 */
final class SlotParticulars {
    /** The key in the payload. */
    static final String KEY = "slot";

    private static final long MOST_SECONDS = Duration.ofDays(366).toSeconds();
    private static final long AGENT_VERSION = 1;
    private static final int MOST_SHORTFALLS = 10_000;

    private final Map<?, ?> map;

    private SlotParticulars(Map<?, ?> map) {
        this.map = map;
    }

    /** Reads what stands under {@link #KEY}. */
    static SlotPart read(@Nullable Object value) throws BadPolledSampleException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new BadPolledSampleException("slot is not a map but " + PolledSamples.shown(value));
        }
        SlotParticulars slot = new SlotParticulars(map);
        try {
            return new SlotPart(
                    new Slot(slot.text("source"), slot.interval(), slot.time("start")),
                    slot.text("host"),
                    slot.map.get("measured") == null ? null : slot.time("measured"),
                    slot.number("part"),
                    slot.number("parts"),
                    slot.shortfalls(),
                    slot.tenure(),
                    slot.incarnation());
        } catch (IllegalArgumentException e) {
            throw new BadPolledSampleException("slot: " + e.getMessage());
        }
    }

    private Duration interval() throws BadPolledSampleException {
        if (map.get("interval") instanceof Long seconds && seconds >= 1 && seconds <= MOST_SECONDS) {
            return Duration.ofSeconds(seconds);
        }
        throw wrong("interval", "whole seconds from 1 to " + MOST_SECONDS);
    }

    private int number(String key) throws BadPolledSampleException {
        if (map.get(key) instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw wrong(key, "a number");
    }

    private Instant time(String key) throws BadPolledSampleException {
        try {
            return IsoTime.parse(text(key)).instant();
        } catch (DateTimeException e) {
            throw wrong(key, "a time");
        }
    }

    private String text(String key) throws BadPolledSampleException {
        if (map.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw wrong(key, "a text");
    }

    private @Nullable Tenure tenure() throws BadPolledSampleException {
        if (map.get("epoch") == null) {
            return null;
        }
        if (map.get("epoch") instanceof Long epoch && epoch >= 1) {
            return new Tenure(text("owner"), epoch);
        }
        throw wrong("epoch", "a number from 1 on");
    }

    /** What a later version says is left alone. */
    private @Nullable Incarnation incarnation() throws BadPolledSampleException {
        Object value = map.get("agent");
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> content) || !(content.get("version") instanceof Long version)) {
            throw wrong("agent", "a map with its version");
        }
        if (version != AGENT_VERSION) {
            return null;
        }
        SlotParticulars agent = new SlotParticulars(content);
        return new Incarnation(agent.text("incarnation"), agent.time("began"), agent.polls());
    }

    private Set<Incarnation.Polled> polls() throws BadPolledSampleException {
        if (!(map.get("polls") instanceof List<?> list) || list.size() > Incarnation.MOST_POLLS) {
            throw wrong("polls", "a list of at most " + Incarnation.MOST_POLLS);
        }
        Set<Incarnation.Polled> polls = new HashSet<>();
        for (Object one : list) {
            if (!(one instanceof Map<?, ?> polled)) {
                throw wrong("polls", "a list of {source, interval}");
            }
            SlotParticulars entry = new SlotParticulars(polled);
            polls.add(new Incarnation.Polled(entry.text("source"), entry.interval()));
        }
        return polls;
    }

    private List<Shortfall> shortfalls() throws BadPolledSampleException {
        Object value = map.get("shortfalls");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > MOST_SHORTFALLS) {
            throw wrong("shortfalls", "a list of at most " + MOST_SHORTFALLS);
        }
        List<Shortfall> shortfalls = new ArrayList<>(list.size());
        for (Object one : list) {
            if (!(one instanceof Map<?, ?> shortfall)
                    || !(shortfall.get("reason") instanceof String reason)
                    || !(shortfall.get("count") instanceof Long count)
                    || !(shortfall.get("detail") instanceof String detail)) {
                throw new BadPolledSampleException(
                        "slot.shortfalls holds what is not {reason, count, detail} but " + PolledSamples.shown(one));
            }
            shortfalls.add(new Shortfall(reason, count, detail));
        }
        return shortfalls;
    }

    private BadPolledSampleException wrong(String key, String expected) {
        return new BadPolledSampleException(
                "slot." + key + " is not " + expected + " but " + PolledSamples.shown(map.get(key)));
    }
}
