// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

/** Is told what goes to the bus and what does not, for counters. Called by several threads; must not block. */
public interface BusObserver {
    /**
     * The broker confirmed messages.
     *
     * @param bytes of their bodies
     */
    void delivered(int messages, int samples, long bytes);

    /** Messages were not delivered; if there is a spool they go there. */
    void undelivered(CarryReport.Trouble why, int messages);

    /** Messages are on disk now. */
    void spooled(int messages, long bytes);

    /** Messages of the spool were delivered. */
    void drained(int messages);

    /**
     * Messages of the spool are lost.
     *
     * @param reason as their shortfall has it
     * @param messages at least so many
     * @param samples in them, as far as that is known
     */
    void lost(String reason, int messages, long samples);

    /** The spool's disk did not take messages; they are handed over again while their slot lasts. */
    void spoolFailed(int messages);

    /** Something in the spool cannot be read: the end of a file after a crash, or a damaged one. */
    void damaged(long bytes);

    /** Interested in nothing. */
    static BusObserver none() {
        return new BusObserver() {
            @Override
            public void delivered(int messages, int samples, long bytes) {}

            @Override
            public void undelivered(CarryReport.Trouble why, int messages) {}

            @Override
            public void spooled(int messages, long bytes) {}

            @Override
            public void drained(int messages) {}

            @Override
            public void lost(String reason, int messages, long samples) {}

            @Override
            public void spoolFailed(int messages) {}

            @Override
            public void damaged(long bytes) {}
        };
    }
}
