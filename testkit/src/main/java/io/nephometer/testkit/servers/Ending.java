// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

/**
 * Waits for the end of processes that a test started, however often it is asked. {@link Process#onExit} would not do: of a process that
 * has ended before, it waits for whoever has its number now.
 */
public final class Ending {
    private Ending() {}

    /** Ends {@code process} as {@code kill -9} does, and returns when it is dead. */
    public static void kill(Process process) {
        process.destroyForcibly();
        await(process);
    }

    /**
     * Returns when {@code process} has ended.
     *
     * @throws IllegalStateException if the thread is interrupted meanwhile
     */
    public static void await(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while process " + process.pid() + " was to end", e);
        }
    }
}
