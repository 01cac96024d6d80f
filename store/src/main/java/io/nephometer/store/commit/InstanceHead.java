// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import org.jspecify.annotations.Nullable;

/** The life of one instance while versions of it are written. Times in microseconds since the epoch. Not thread-safe. */
final class InstanceHead {
    private final String id;
    private long told;
    private @Nullable Long launched;
    private @Nullable Long lacking;
    private @Nullable VersionRow version;

    InstanceHead(String id, long told, @Nullable Long launched, @Nullable Long lacking) {
        this.id = id;
        this.told = told;
        this.launched = launched;
        this.lacking = lacking;
    }

    String id() {
        return id;
    }

    /** Something was told of it then. */
    void heard(long at) {
        told = Math.max(told, at);
        if (lacking != null && at >= lacking) {
            lacking = null;
        }
    }

    /** It was started then, perhaps not for the first time. */
    void launched(@Nullable Long at) {
        if (at != null && (launched == null || at < launched)) {
            launched = at;
        }
    }

    /** The newest one. */
    void version(@Nullable VersionRow newest) {
        version = newest;
    }

    @Nullable VersionRow version() {
        return version;
    }

    long told() {
        return told;
    }

    @Nullable Long launched() {
        return launched;
    }

    @Nullable Long lacking() {
        return lacking;
    }
}
