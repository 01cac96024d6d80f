// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.swift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.Reason;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwiftClientTest {
    private static final String NUMBERS =
            "\nX-Account-Object-Count: 5\nX-Account-Bytes-Used: 50\nX-Account-Container-Count: 5";

    @Test
    void readsOnBehindAPageThatIsShorterThanAskedFor() throws Exception {
        List<String> names = List.of("a", "b", "c", "d e", "f&g");
        try (ScriptedCloud cloud = new ScriptedCloud((request, out) -> {
            String marker = new TreeMap<>(request.query()).getOrDefault("marker", "");
            String page = names.stream()
                    .filter(name -> name.compareTo(marker) > 0)
                    .limit(2)
                    .map("{\"name\": \"%s\", \"count\": 1, \"bytes\": 10}"::formatted)
                    .toList()
                    .toString();
            TestHttpServer.write(out, ScriptedCloud.OK + NUMBERS, page);
        })) {
            SwiftClient swift = cloud.client().swift("AUTH_");
            Account account = swift.account("p1", Reason.MEASUREMENT);

            assertThat(swift.containers("p1", account, Reason.MEASUREMENT))
                    .extracting(Container::name)
                    .isEqualTo(names);
            assertThat(cloud.outcomes()).hasSize(3);
        }
    }

    /** A count that lags behind, as those of Swift do, costs a request and no more. */
    @Test
    void endsAtAnEmptyPageWhateverTheCountSays() throws Exception {
        try (ScriptedCloud cloud =
                new ScriptedCloud((_, out) -> TestHttpServer.write(out, ScriptedCloud.OK + NUMBERS, "[]"))) {
            SwiftClient swift = cloud.client().swift("AUTH_");

            assertThat(swift.containers("p1", swift.account("p1", Reason.MEASUREMENT), Reason.MEASUREMENT))
                    .isEmpty();
            assertThat(cloud.outcomes()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Account-Object-Count", "X-Account-Bytes-Used", "X-Account-Container-Count"})
    void whatIsNotSaidIsNotNought(String header) throws Exception {
        String head = ScriptedCloud.OK + NUMBERS.replace(header, "X-Other");
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> TestHttpServer.write(out, head, "[]"))) {
            assertThatThrownBy(() -> cloud.client().swift("AUTH_").account("p1", Reason.MEASUREMENT))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.failure()).isEqualTo(ApiFailure.BAD_ANSWER))
                    .hasMessageContaining(header);
        }
    }
}
