// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

/** How long a collector may wait for a message before it looks after the batch in flight. */
enum Patience {
    /** Nothing is in flight. */
    ENDLESS,
    /** A commit is going on, and its batch is to be acknowledged soon after. */
    BRIEF,
    /** The batch in flight was not taken: no more messages. */
    NONE
}
