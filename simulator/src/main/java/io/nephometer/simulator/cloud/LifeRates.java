// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How lively the cloud is.
 *
 * @param perServerHour changes per server and hour
 * @param weights how often each kind of change is the one, relative to the others; absent means never
 */
public record LifeRates(double perServerHour, Map<Change, Integer> weights) {
    public LifeRates {
        if (perServerHour < 0 || perServerHour > 3600) {
            throw new IllegalArgumentException("changes per server and hour: 0 to 3600, not " + perServerHour);
        }
        EnumMap<Change, Integer> copy = new EnumMap<>(Change.class);
        copy.putAll(weights);
        weights = Collections.unmodifiableMap(copy);
    }

    /** Nothing changes by itself. */
    public static LifeRates none() {
        return new LifeRates(0, Map.of());
    }

    /** A private cloud on a working day: a change per server each ten hours. */
    public static LifeRates calm() {
        return usual(0.1);
    }

    /** For demonstrations and tests: six changes per server and hour. */
    public static LifeRates lively() {
        return usual(6);
    }

    /** The usual mixture of changes, so often. */
    public static LifeRates usual(double perServerHour) {
        EnumMap<Change, Integer> weights = new EnumMap<>(Change.class);
        for (Change change : Change.values()) {
            weights.put(
                    change,
                    switch (change) {
                        case CREATE, DELETE -> 20;
                        case STOP, START, REBOOT, SET_METADATA -> 8;
                        case RESIZE, LIVE_MIGRATE, RENAME, UNSET_METADATA, CHANGE_TAGS -> 4;
                        case COLD_MIGRATE, SHELVE, UNSHELVE, CREATE_AND_DELETE_AT_ONCE -> 2;
                        case CREATE_IMAGE, DELETE_IMAGE, CREATE_FLAVOR, DELETE_FLAVOR -> 1;
                    });
        }
        return new LifeRates(perServerHour, weights);
    }

    /** Whether anything changes by itself. */
    public boolean isAlive() {
        return perServerHour > 0 && weightSum() > 0;
    }

    int weightSum() {
        return weights.values().stream().mapToInt(Integer::intValue).sum();
    }
}
