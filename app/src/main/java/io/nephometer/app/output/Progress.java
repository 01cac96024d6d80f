// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far long work has come: a bar on standard error if that is a terminal, nothing otherwise. */
public final class Progress implements AutoCloseable {
    private static final int REDRAW_MILLIS = 200;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Begins to show progress.
     *
     * @param task what is done, in a word or two
     * @param unit what is counted, such as {@code B} or {@code messages}
     * @param total how much there is; -1 if nobody knows
     */
    public static Progress of(String task, String unit, long total, Terminal terminal) {
        if (!terminal.err()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, terminal.columns() - 1))
                .showSpeed()
                .startsFrom(0, Duration.ZERO)
                .build());
    }

    /** So much more is done. */
    public void advance(long amount) {
        if (bar != null) {
            bar.stepBy(amount);
        }
    }

    /** So much is done in all. */
    public void reach(long amount) {
        if (bar != null) {
            bar.stepTo(amount);
        }
    }

    /** What is being done now, behind the bar. */
    public void note(String message) {
        if (bar != null) {
            bar.setExtraMessage(message);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
