// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectorTest {
    @Test
    void whatIsDispatchedAfterTheSessionIsOverIsDroppedWithoutAnError() {
        AtomicInteger runs = new AtomicInteger();
        ExecutorService dispatcher = Connector.dispatcher();
        dispatcher.shutdownNow();
        dispatcher.execute(runs::incrementAndGet);
        assertThat(dispatcher.isShutdown()).isTrue();
        assertThat(runs).hasValue(0);
    }
}
