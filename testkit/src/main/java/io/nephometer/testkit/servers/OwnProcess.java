// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the private servers have in common: one process, and one folder with everything that it writes. */
abstract class OwnProcess implements PrivateServer {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final String folderName;
    private @Nullable ScratchFolder folder;
    private @Nullable ServerProcess process;

    /**
     * Does no I/O.
     *
     * @param name for people
     * @param folderName part of the name of its folder; short where paths of sockets are below it
     */
    OwnProcess(String name, String folderName) {
        this.name = name;
        this.folderName = folderName;
    }

    /** The folder, made and prepared when first asked for. */
    final ScratchFolder folder() {
        ScratchFolder known = folder;
        if (known == null) {
            known = ScratchFolder.create(folderName);
            folder = known;
            prepare(known);
        }
        return known;
    }

    /** Puts into a new folder what must be there before the first start. */
    void prepare(ScratchFolder fresh) {}

    /** Cleans up in the folder before it is removed; no process of ours runs any more. */
    void clear(ScratchFolder left) {}

    /**
     * Starts the process, without waiting for it.
     *
     * @param environment added to ours, of which names beginning with {@code without} are left out
     */
    final void launch(Map<String, String> environment, String without, List<String> command) {
        process = ServerProcess.start(name, folder().file("server.out"), environment, without, command);
    }

    /**
     * Returns when it answers.
     *
     * @throws IllegalStateException with the end of its output if it does not; it is dead then
     */
    final void awaitReady(ServerProcess.Readiness answers) {
        running().awaitReady(START_LIMIT, answers);
    }

    /** The process, which has been started. */
    final ServerProcess running() {
        ServerProcess running = process;
        if (running == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return running;
    }

    /**
     * Nothing if it was stopped or killed by us, or never started.
     *
     * @throws IllegalStateException with the end of its output if it ended of its own accord
     */
    final void requireAlive() {
        ServerProcess running = process;
        if (running != null) {
            running.requireAlive();
        }
    }

    @Override
    public void stop() {
        ServerProcess running = process;
        process = null;
        if (running != null) {
            running.terminate(STOP_LIMIT);
        }
    }

    @Override
    public final void kill() {
        ServerProcess running = process;
        process = null;
        if (running != null) {
            running.kill();
        }
    }

    @Override
    public final boolean isRunning() {
        ServerProcess running = process;
        return running != null && running.isAlive();
    }

    @Override
    public void close() {
        kill();
        ScratchFolder left = folder;
        folder = null;
        if (left != null) {
            clear(left);
            left.delete();
        }
    }
}
