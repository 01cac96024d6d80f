// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.http;

/** Answers requests; called by many threads. */
public interface Handler {
    /** How the answer goes out. */
    enum Ending {
        WHOLE,
        /** Half of the body, then the connection is closed. */
        TRUNCATED,
        /** Nothing, and the connection is reset. */
        RESET
    }

    /** What goes out, and how. */
    record Answer(Response response, Ending ending) {}

    /** The answer; interrupted when the server closes. */
    Answer answer(Request request) throws InterruptedException;
}
