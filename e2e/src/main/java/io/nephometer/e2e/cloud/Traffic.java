// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happens on the cloud while we listen. */
@FunctionalInterface
public interface Traffic extends AutoCloseable {
    /** Lets it go on for a while; whether it is over. */
    boolean endsWithin(Duration limit) throws Exception;

    /** Ends it if it is not over. */
    @Override
    default void close() {}

    /** A command, started now, its output among ours. A failure of it is its own affair, and told. */
    static Traffic command(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Traffic() {
            @Override
            public boolean endsWithin(Duration limit) throws InterruptedException {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
                if (process.exitValue() != 0) {
                    System.err.println("cloud: the command ended with exit code " + process.exitValue());
                }
                return true;
            }

            @Override
            public void close() {
                if (process.isAlive()) {
                    System.err.println("cloud: ending the command, which is not over (SIGTERM): " + command);
                    process.descendants().forEach(ProcessHandle::destroy);
                    process.destroy();
                }
            }
        };
    }

    /** Whatever the cloud does by itself within this time, beginning now. */
    static Traffic of(Duration time) {
        long start = System.nanoTime();
        return limit -> {
            long left = time.toNanos() - (System.nanoTime() - start);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, Math.min(left, limit.toNanos())));
            return left <= limit.toNanos();
        };
    }
}
