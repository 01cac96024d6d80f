// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

/** Who records that measurements are missing. Called by the thread that looks after the connection: must return soon. */
@FunctionalInterface
public interface GapListener {
    /** A gap has begun, grown or ended; see {@link Gap} for what replaces what. */
    void gap(Gap gap);
}
