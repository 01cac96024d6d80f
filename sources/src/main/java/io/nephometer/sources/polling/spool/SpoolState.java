// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.runtime.Health;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a spool is, for who looks at its health. Thread-safe for one who notes and many who look. */
final class SpoolState {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolState.class);

    private final Path folder;
    private volatile String trouble;
    private volatile int kept;

    SpoolState(Path folder) {
        this.folder = folder;
        this.trouble = "the spool " + folder + " is not open";
    }

    void unusable(IOException why) {
        note("the spool " + folder + " cannot be used (" + why
                + "); it is tried again, and what the bus does not take while its slot lasts is lost");
    }

    void takesNothing(IOException why) {
        note("the spool " + folder + " takes nothing (" + why
                + "); what the bus does not take while its slot lasts is lost");
    }

    private void note(String now) {
        if (!now.equals(trouble)) {
            LOG.error("{}", now);
        }
        trouble = now;
    }

    void takes() {
        if (!trouble.isEmpty()) {
            LOG.info("The spool {} can be used", folder);
        }
        trouble = "";
    }

    void kept(int files) {
        kept = files;
    }

    /** Why nothing can be appended; empty if all is well. */
    String trouble() {
        return trouble;
    }

    /** @param waiting messages that are well; {@code untold} and {@code unplaced} are lost and not told yet */
    Health health(long waiting, List<Loss> untold, int unplaced) {
        if (!trouble.isEmpty()) {
            return new Health.Degraded(trouble);
        }
        int lost = unplaced + untold.stream().mapToInt(Loss::messages).sum();
        if (lost > 0) {
            List<String> reasons = untold.stream()
                    .map(loss -> loss.reason().label())
                    .distinct()
                    .toList();
            return new Health.Degraded(
                    "at least " + lost + " messages are lost, which is told when the bus takes something " + reasons);
        }
        return kept > 0
                ? new Health.Degraded(kept + " files *.damaged or *.refused in " + folder
                        + " are kept for a person to look at and to delete")
                : new Health.Up(waiting == 0 ? "empty" : waiting + " messages wait for the bus");
    }
}
