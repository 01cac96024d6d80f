// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import java.time.Duration;

/** Runs commands in the shell of this host. */
@FunctionalInterface
public interface CommandRunner {
    /** None: refuses. */
    CommandRunner NONE = (_, _) -> {
        throw new FetchException("commands are not run here");
    };

    /**
     * What the command wrote, errors included, whatever its exit code.
     *
     * @throws FetchException if it did not end in time, or wrote too much
     */
    String run(String command, Duration timeout) throws FetchException, InterruptedException;
}
