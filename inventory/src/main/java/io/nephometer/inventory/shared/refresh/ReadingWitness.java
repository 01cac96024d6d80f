// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Somebody who sees what a refresher reads of Nova, so that Nova is asked once for both. He says from when on he wants to be told, which may
 * be before what the cache needs, and keeps what went wrong to himself: a refresh never fails because of him. Used by one thread.
 */
public interface ReadingWitness {
    /** Nobody. */
    ReadingWitness NONE = new ReadingWitness() {
        @Override
        public Wish wish() {
            return Wish.NOTHING;
        }

        @Override
        public void told(List<Server> servers, Instant at) {}

        @Override
        public void complete(Window window) {}

        @Override
        public void toldAll(Instant begun) {}
    };

    /** What he needs with the next reading. */
    Wish wish();

    /**
     * A page of a list arrived.
     *
     * @param at when it was asked for, on Nova's clock
     */
    void told(List<Server> servers, Instant at);

    /** All that changed in a window was told; after a wish for all, all that there is as well. */
    void complete(Window window);

    /** All servers that there were at {@code begun}, or since, were told, on Nova's clock. */
    void toldAll(Instant begun);

    /**
     * What was read: {@code [from, until)}, on Nova's clock, which may be wrong. When it was read is told by the time that has passed since.
     *
     * @param novasClock whether {@code until} is Nova's clock at the question; else it is ours, or older
     * @param asked how long ago the question was sent
     * @param answered how long ago its first answer arrived
     */
    record Window(Instant from, Instant until, boolean novasClock, Duration asked, Duration answered) {}

    /**
     * What a witness needs.
     *
     * @param all everything, before the changes
     * @param since changes from then on, on Nova's clock; {@link Instant#MAX} for none
     * @param until changes up to then, even if Nova's clock should not be there yet; {@link Instant#MIN} for none
     */
    record Wish(boolean all, Instant since, Instant until) {
        /** He is content with what comes. */
        public static final Wish NOTHING = new Wish(false, Instant.MAX);

        /** One to whom nothing is of later than now. */
        public Wish(boolean all, Instant since) {
            this(all, since, Instant.MIN);
        }
    }
}
