// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.simulator.api.QueryKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A defect of ours is not Nova's to suffer. */
class RefresherDefectTest {
    private static final int MINUTES = 10;

    private static SharedCache breaking(SharedCache behind, AtomicBoolean broken) {
        return (SharedCache) Proxy.newProxyInstance(
                SharedCache.class.getClassLoader(), new Class<?>[] {SharedCache.class}, (_, method, arguments) -> {
                    if (broken.get() && method.getName().equals("instances")) {
                        throw new IllegalArgumentException("a defect");
                    }
                    try {
                        return method.invoke(behind, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void whatBreaksOffAfterNovaWasAskedWaitsBeforeItAsksAgain() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            AtomicBoolean broken = new AtomicBoolean();
            GlobalRefresher refresher = cloud.refresher("one", breaking(cloud.cache(), broken));
            refresher.run();
            broken.set(true);
            cloud.cloud().operations().rename(cloud.idle().id(), "renamed");
            cloud.cloud().requests().clear();

            cloud.run(refresher, Duration.ofMinutes(MINUTES));
            assertThat(cloud.asked(QueryKind.DELTA)).isBetween(1L, MINUTES + 1L);

            broken.set(false);
            cloud.run(refresher, Duration.ofMinutes(2));
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
        }
    }
}
