// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.app.Assembly;
import io.nephometer.app.Logging;
import io.nephometer.app.ShutdownHook;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.Role;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The collector as the product assembles it, in a process of its own, that stands still for ever at a chosen moment and says
 * so: whoever waits for that can kill it exactly there.
 */
final class HaltingCollector {
    /** Begins the line on standard output that says it stands still. */
    static final String HALTED = "HALTED ";

    private HaltingCollector() {}

    /** Arguments: the configuration file, then those of a {@link HaltPoint}, or nothing to run on. */
    public static void main(String[] arguments) throws Exception {
        Configuration config = ConfigurationFile.read(Path.of(arguments[0])).value();
        Logging.apply(config.logging());
        HaltPoint point = arguments.length == 1
                ? HaltPoint.beforeAcknowledgement(Integer.MAX_VALUE)
                : HaltPoint.of(List.of(arguments).subList(1, arguments.length));
        HaltPoint.Watch watch = point.watch(() -> haltAt(point));
        Lifecycle lifecycle = new Assembly(config, WallClock.system(), Ticker.system(), watch, watch::around)
                .assemble(Set.of(Role.COLLECTOR), "e2e");
        try (ShutdownHook _ = ShutdownHook.install(lifecycle)) {
            lifecycle.start();
            lifecycle.awaitStop();
        }
    }

    private static void haltAt(HaltPoint point) {
        System.out.println(HALTED + point.step());
        System.out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a halted collector", e);
        }
    }
}
