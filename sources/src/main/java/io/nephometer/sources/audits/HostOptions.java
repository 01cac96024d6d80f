// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Duration;

/**
 * When hosts are told.
 *
 * @param settle how long after the end of a period at the earliest
 * @param patience how much longer measurements are waited for that have not come
 * @param listed whether Nova's list of hypervisors is kept, and has to be complete
 */
public record HostOptions(Duration settle, Duration patience, boolean listed) {
    public HostOptions {
        if (settle.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("times of an audit are not negative");
        }
    }
}
