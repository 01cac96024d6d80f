// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.openstack.RecordedCloud;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicroversionChoiceTest {
    @ParameterizedTest
    @CsvSource({"2.1, 2.1", "2.9, 2.9", "2.10, 2.10", "2.60, 2.60", "2.93, 2.93", "2.104, 2.93"})
    void takesTheNewestThatBothKnow(String nova, String expected) throws Exception {
        try (RecordedCloud cloud = new RecordedCloud().speaking(nova)) {
            NovaClient client = cloud.client().nova();
            assertThat(client.microversion()).hasToString(expected);
            assertThat(client.microversion()).hasToString(expected);
            assertThat(cloud.calls().stream().filter(call -> call.reason() == Reason.VERSION))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.9", "new"})
    void refusesANovaWithoutMicroversions(String version) throws Exception {
        try (RecordedCloud cloud = new RecordedCloud().speaking(version)) {
            ApiException failed = catchThrowableOfType(
                    ApiException.class, () -> cloud.client().nova().microversion());
            assertThat(failed.failure()).isEqualTo(ApiFailure.BAD_ANSWER);
            assertThat(failed).hasMessageContaining("/version");
        }
    }

    @Test
    void whatSomebodyElseWasTold_isNotAskedFor() throws Exception {
        try (RecordedCloud cloud = new RecordedCloud("changes-since-few-2.1")) {
            assertThat(cloud.client().nova().knownMicroversion()).isNull();
            NovaClient nova = assuming(cloud, "2.1");
            assertThat(servers(nova)).isNotEmpty();
            assertThat(nova.knownMicroversion()).hasToString("2.1");
            assertThat(cloud.calls()).noneMatch(call -> call.reason() == Reason.VERSION);
        }
    }

    @Test
    void newerThanWeKnow_countsAsTheNewestThatWeKnow_andOlderThanAnyAsNothing() throws Exception {
        try (RecordedCloud cloud = new RecordedCloud()) {
            assertThat(assuming(cloud, "2.104").knownMicroversion()).hasToString("2.93");
            assertThat(assuming(cloud, "1.9").knownMicroversion()).isNull();
        }
    }

    @Test
    void novaThatRefusesIt_isAskedWhatItSpeaks_andThenTheSameQuestion() throws Exception {
        try (RecordedCloud cloud = new RecordedCloud("changes-since-few-2.1")) {
            NovaClient nova = assuming(cloud, "2.93");
            assertThat(servers(nova)).isNotEmpty();
            assertThat(nova.knownMicroversion()).hasToString("2.1");
            assertThat(cloud.calls().stream().filter(call -> call.reason() == Reason.VERSION))
                    .hasSize(1);
            assertThat(cloud.requests()).hasSize(2);
        }
    }

    private static NovaClient assuming(RecordedCloud cloud, String microversion) {
        NovaClient nova = cloud.client().nova();
        nova.assume(Microversion.parse(microversion));
        return nova;
    }

    private static List<Server> servers(NovaClient nova) throws Exception {
        List<Server> all = new ArrayList<>();
        Instant since = Instant.parse("2026-11-22T02:16:52Z");
        nova.servers(ServerQuery.all().changedSince(since), Reason.METADATA_DELTA, all::add);
        return all;
    }

    /** Older ones ignore {@code changes-before}: what is too new is left out here. */
    @Test
    void closesTheWindowItselfBeforeNovaCould() throws Exception {
        Instant since = Instant.parse("2026-11-22T02:16:52Z");
        List<Server> all = new ArrayList<>();
        List<Server> window = new ArrayList<>();
        try (RecordedCloud cloud = new RecordedCloud("changes-since-few-2.1")) {
            NovaClient nova = cloud.client().nova();
            nova.servers(ServerQuery.all().changedSince(since), Reason.METADATA_DELTA, all::add);
            Instant before =
                    all.stream().map(Server::updated).min(Instant::compareTo).orElseThrow();
            nova.servers(
                    ServerQuery.all().changedSince(since).changedBefore(before), Reason.METADATA_DELTA, window::add);
            assertThat(window)
                    .isNotEmpty()
                    .isEqualTo(all.stream()
                            .filter(server -> before.equals(server.updated()))
                            .toList())
                    .hasSizeLessThan(all.size());
        }
    }
}
