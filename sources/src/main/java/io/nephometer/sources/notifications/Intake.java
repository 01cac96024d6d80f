// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import java.util.List;

/** From which queues of the broker messages are taken. */
public sealed interface Intake {
    /**
     * A queue of our own, which gets a copy of each notification: other consumers, such as Ceilometer, go on undisturbed.
     *
     * @param queue its name; what else we declare has this name with an ending
     * @param type classic, or quorum where the broker is a cluster
     * @param maxBytes how much may wait in it; beyond that the broker drops the oldest messages, and we count them
     * @param subscription what it is bound to
     */
    record OwnQueue(String queue, QueueType type, long maxBytes, Subscription subscription) implements Intake {
        private static final String QUEUE = "nephometer.notifications";
        private static final long MAX_BYTES = 2L << 30;

        public OwnQueue {
            if (queue.isBlank()) {
                throw new IllegalArgumentException("our queue needs a name");
            }
            if (maxBytes < 1) {
                throw new IllegalArgumentException("our queue needs a bound, in bytes: " + maxBytes);
            }
        }

        /** {@code nephometer.notifications}, classic, at most 2 GiB, bound to the usual exchanges. */
        public static OwnQueue defaults() {
            return new OwnQueue(QUEUE, QueueType.CLASSIC, MAX_BYTES, Subscription.defaults());
        }

        String overflowQueue() {
            return queue + ".overflow";
        }

        String uncountedQueue() {
            return queue + ".overflow.uncounted";
        }

        String canary() {
            return queue + ".canary";
        }
    }

    /**
     * Queues that are there, such as {@code notifications.info}, in place of another consumer. They are neither created nor
     * changed nor bound; a missing one is waited for.
     */
    record ExistingQueues(List<String> queues) implements Intake {
        public ExistingQueues {
            queues = List.copyOf(queues);
            if (queues.isEmpty()) {
                throw new IllegalArgumentException("at least one existing queue must be named");
            }
        }
    }

    /** How the broker keeps our own queue. */
    enum QueueType {
        /** On one node, on disk. */
        CLASSIC,
        /** Replicated over the nodes of a cluster. */
        QUORUM
    }
}
