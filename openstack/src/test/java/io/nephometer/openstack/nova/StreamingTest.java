// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import static io.nephometer.openstack.ScriptedCloud.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.openstack.Recording;
import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.runtime.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A long list is handed over while it arrives. */
class StreamingTest {
    private static final int MANY = 20_000;

    private static final String SERVER =
            Json.write(Recording.of("servers-detail-all-latest").list("servers").getFirst());

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The last part of the list is sent only when the consumer has got most of the first: 20,000 servers of two kilobytes each
     * in one page.
     */
    @Test
    void theConsumerHasServersBeforeTheLastByteIsSent() throws Exception {
        CountDownLatch halfSeen = new CountDownLatch(MANY / 2 - 100);
        AtomicLong handedOver = new AtomicLong();
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> {
            write(out, OK.replace("\n", "\r\n") + "\r\n\r\n{\"servers\": [" + SERVER);
            for (int i = 1; i < MANY / 2; i++) {
                write(out, ", " + SERVER);
            }
            out.flush();
            assertThat(halfSeen.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < MANY / 2; i++) {
                write(out, ", " + SERVER);
            }
            write(out, "]}");
        })) {
            Listing listing = cloud.client().nova().servers(ServerQuery.all(), Reason.METADATA_FULL, _ -> {
                handedOver.incrementAndGet();
                halfSeen.countDown();
            });
            assertThat(listing.entries()).isEqualTo(MANY);
            assertThat(handedOver).hasValue(MANY);
            assertThat(cloud.calls().getLast().bytes()).isGreaterThan((long) MANY * SERVER.length());
        }
    }
}
