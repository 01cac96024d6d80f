// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

/** Elapsed time, for intervals. Not related to the wall clock, never goes back. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since some fixed moment. */
    long nanos();

    /** The ticker of this machine. */
    static Ticker system() {
        return System::nanoTime;
    }
}
