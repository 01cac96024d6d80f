// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessLogTest {
    private static final String NOVA = """
            2026-11-28 15:44:21.383 23566 INFO nova.api.openstack.requestlog [None req-06b6d1d9] 127.0.0.1 "GET /v2.1/servers/detail?all_tenants=1&host=c1" status: 200 len: 982 microversion: 2.93 time: 0.2
            [pid: 23566|app: 0|req: 1/1] 127.0.0.1 () {30 vars in 591 bytes} [Sat Nov 28 15:44:21 2026] GET /v2.1/servers/detail?all_tenants=1&host=c1 => generated 982 bytes in 13 msecs (HTTP/1.1 200)
            2026-11-28 15:44:41.383 23566 INFO nova.api.openstack.requestlog [None req-06b6d1d9] 127.0.0.1 "GET /v2.1/servers/detail?all_tenants=1&host=c1&changes-since=2026-11-28T15%3A44%3A11Z&limit=1000" status: 200
            2026-11-28 15:44:42.383 23566 INFO nova.api.openstack.requestlog [None req-06b6d1d9] 127.0.0.1 "GET /v2.1/servers/detail?all_tenants=1&changes-since=2026-11-28T15%3A44%3A11Z" status: 200
            """;
    private static final String APACHE = """
            10.0.0.7 - - [28/Nov/2026:15:44:41 +0000] "GET /v2.1/servers/detail?host=c12&limit=1000 HTTP/1.1" 200 982 "-" "-"
            10.0.0.7 - - [28/Nov/2026:15:44:41 +0000] "GET /v2.1/servers/8bf89651-2b65-44aa-9e2e-b33453ac0074 HTTP/1.1" 200 982 "-" "-"
            10.0.0.7 - - [28/Nov/2026:15:44:41 +0000] "GET /v2.1/flavors/detail?is_public=None HTTP/1.1" 200 982 "-" "-"
            10.0.0.7 - - [28/Nov/2026:15:44:41 +0000] "GET / HTTP/1.1" 200 982 "-" "-"
            """;

    @TempDir
    private Path folder;

    @Test
    void eachRequestIsCountedOnceByWhatItWasFor() {
        assertThat(AccessLog.count(NOVA, "c1"))
                .isEqualTo(Map.of("listing", 1L, "changes", 1L, "changes of others", 1L));
    }

    @Test
    void aHostWhoseNameBeginsLikeOursIsAnother() {
        assertThat(AccessLog.count(APACHE, "c1"))
                .isEqualTo(Map.of("listing of others", 1L, "server", 1L, "flavor", 1L, "other", 1L));
    }

    @Test
    void whatWasWrittenBeforeIsNotCounted() throws Exception {
        Path file = Files.writeString(folder.resolve("access.log"), APACHE);
        AccessLog log = new AccessLog(file);
        Files.writeString(file, NOVA, StandardOpenOption.APPEND);

        assertThat(log.requests("c1")).isEqualTo(AccessLog.count(NOVA, "c1"));
    }
}
