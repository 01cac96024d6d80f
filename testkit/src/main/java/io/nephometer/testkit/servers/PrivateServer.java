// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

/**
 * A real server that belongs to the test that starts it. Constructors do no I/O. Not thread-safe.
 *
 * <p>Every method that fails throws {@link IllegalStateException}: with the name of the Debian package if the server is not
 * installed, with the end of the server's own output if it does not start.
 */
public interface PrivateServer extends AutoCloseable {
    /** Starts it and returns when it answers. Data of an earlier start is kept; a server that runs is left alone. */
    void start();

    /** Ends it in order, keeping its data and its addresses. Nothing happens if it does not run. */
    void stop();

    /** Ends it as a power cut would, keeping its data and its addresses. */
    void kill();

    /** Whether its process runs. */
    boolean isRunning();

    /** Stops and starts it: the same data, at the same addresses. */
    default void restart() {
        stop();
        start();
    }

    /** Ends it and removes its data. Legal before start, and twice. */
    @Override
    void close();
}
