// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells gaps on, and logs their beginning and end. A listener that fails must not stop the intake. */
final class GapLog {
    private static final Logger LOG = LoggerFactory.getLogger(GapLog.class);

    private final GapListener listener;

    GapLog(GapListener listener) {
        this.listener = listener;
    }

    /** It begins, or is over at once. */
    void tell(Gap gap) {
        if (gap.isClosed()) {
            LOG.warn("Gap in {}: {}, {} to {}: {}", gap.subject(), gap.kind(), gap.from(), gap.to(), gap.detail());
        } else {
            LOG.warn("Gap in {} begins: {}, since {}: {}", gap.subject(), gap.kind(), gap.from(), gap.detail());
        }
        pass(gap);
    }

    /** One that was told grows. */
    void grow(Gap gap) {
        pass(gap);
    }

    /** One that was told is over. */
    void end(Gap gap) {
        LOG.info(
                "Gap in {} is over: {}, {} to {}, lost: {}",
                gap.subject(),
                gap.kind(),
                gap.from(),
                gap.to(),
                lost(gap));
        pass(gap);
    }

    private static String lost(Gap gap) {
        Long lost = gap.lost();
        if (lost == null) {
            return "unknown";
        }
        return gap.atLeast() ? "at least or about " + lost : lost.toString();
    }

    private void pass(Gap gap) {
        try {
            listener.gap(gap);
        } catch (RuntimeException e) {
            LOG.error("Cannot record the gap {}", gap, e);
        }
    }
}
