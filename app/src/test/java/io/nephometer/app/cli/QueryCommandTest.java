// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static io.nephometer.app.cli.CapturedMessage.created;
import static io.nephometer.app.cli.CapturedMessage.line;
import static io.nephometer.app.cli.CapturedMessage.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.json.Json;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.RecordedGap;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.ledger.Messages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One ledger with three notifications and two gaps, asked in every way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryCommandTest {
    private Path folder = Path.of("");
    private String store = "";

    @BeforeAll
    void fill(@TempDir Path temporary) throws Exception {
        folder = temporary;
        store = "sqlite:" + folder.resolve("ledger.db");
        Path file = Files.write(
                folder.resolve("in.jsonl"),
                List.of(
                        line(created("m-1", "i-1")),
                        line(other("m-2", "2026-11-20 03:00:00", "compute.instance.delete.end", "deleted")),
                        line(other("m-3", "2026-11-21 03:00:00", "compute.instance.resize.end", "resized"))));
        CommandRun.of("ingest", "--store", store, file.toString()).done();
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(store), LedgerOptions.DEFAULTS, WallClock.system())) {
            ledger.gaps()
                    .record(List.of(
                            gap("2026-11-20T00:00:00Z", "2026-11-20T00:05:00Z", 7L),
                            gap("2026-11-21T00:00:00Z", null, null)));
            Slot slot = new Slot("pollsters", Duration.ofMinutes(5), Instant.parse("2026-11-20T00:00:00Z"));
            assertThat(ledger.commit(new LedgerBatch(
                            "test",
                            List.of(Messages.measured(Messages.id(900), Messages.whole(slot, "cmp1"), List.of())))))
                    .isInstanceOf(CommitOutcome.Committed.class);
        }
    }

    /** Of another instance, in another project. */
    private static Map<String, @Nullable Object> other(String id, String timestamp, String type, String state) {
        Map<String, @Nullable Object> message =
                with(with(created(id, "i-2"), "timestamp", timestamp), "event_type", type);
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        if (message.get("payload") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> payload.put(String.valueOf(key), value));
        }
        payload.put("tenant_id", "project-2");
        payload.put("state", state);
        payload.put("display_name", state);
        return with(message, "payload", payload);
    }

    private static RecordedGap gap(String from, @Nullable String to, @Nullable Long lost) {
        return new RecordedGap(
                new RecordedGap.Key("rabbitmq:q", "UNBOUND", "nova", Instant.parse(from)),
                false,
                to == null ? null : Instant.parse(to),
                lost,
                true,
                "the exchange was gone");
    }

    @Test
    void events_haveTheFormOfTheContract() throws Exception {
        Map<String, @Nullable Object> event =
                ask("events", "--type", "*.create.*").getFirst();
        assertThat(event.keySet()).containsExactly("event_type", "message_id", "generated", "traits");
        assertThat(event)
                .containsEntry("generated", "2026-11-20T01:27:42.449925")
                .containsEntry("message_id", "m-1");
        assertThat(event.get("traits"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(
                        List.of("instance_id", 1L, "i-1"),
                        List.of("vcpus", 2L, 2L),
                        List.of("launched_at", 4L, "2026-11-20T01:27:40"));
    }

    @Test
    void samples_haveTheFormOfTheContract() throws Exception {
        Map<String, @Nullable Object> sample =
                ask("samples", "--meter", "vcpus", "--resource", "i-1").getFirst();
        assertThat(sample.keySet())
                .containsExactly(
                        "name",
                        "type",
                        "unit",
                        "volume",
                        "resource_id",
                        "project_id",
                        "user_id",
                        "timestamp",
                        "message_id",
                        "metadata");
        assertThat(sample)
                .containsEntry("name", "vcpus")
                .containsEntry("type", "gauge")
                .containsEntry("unit", "vcpu")
                .containsEntry("message_id", "m-1")
                .containsEntry("timestamp", "2026-11-20T01:27:42.449925+00:00");
        assertThat(sample.get("metadata"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("display_name", "first");
    }

    @Test
    void events_areFound_byEachFilter() throws Exception {
        assertThat(ids("events")).containsExactly("m-1", "m-2", "m-3");
        assertThat(ids("events", "--type", "compute.instance.delete.end")).containsExactly("m-2");
        assertThat(ids("events", "--type", "compute.instance.?e*")).containsExactly("m-2", "m-3");
        assertThat(ids("events", "--trait", "instance_id=i-2", "--trait", "state=resized"))
                .containsExactly("m-3");
        assertThat(ids("events", "--trait", "vcpus=3")).isEmpty();
        assertThat(ids("events", "--from", "2026-11-20T03:00:00Z")).containsExactly("m-2", "m-3");
        assertThat(ids("events", "--to", "2026-11-20 03:00:00")).containsExactly("m-1");
        assertThat(ids("events", "--from", "2026-11-20T04:00:00+01:00", "--to", "2026-11-21"))
                .containsExactly("m-2");
        assertThat(ids("events", "--project", "project-2")).containsExactly("m-2", "m-3");
        assertThat(ids("events", "--resource", "i-1")).containsExactly("m-1");
        assertThat(ids("events", "--limit", "2")).containsExactly("m-1", "m-2");
    }

    @Test
    void samples_areFound_byEachFilter() throws Exception {
        assertThat(ids("samples", "--meter", "memory")).containsExactlyInAnyOrder("m-1", "m-2", "m-3");
        assertThat(ids("samples", "--meter", "memory", "--project", "project-1"))
                .containsExactly("m-1");
        assertThat(ids("samples", "--meter", "memory", "--resource", "i-2")).containsExactly("m-2", "m-3");
        assertThat(ids("samples", "--meter", "memory", "--metadata", "display_name=deleted"))
                .containsExactly("m-2");
        assertThat(ids("samples", "--meter", "memory", "--from", "2026-11-21")).containsExactly("m-3");
        assertThat(ids("samples", "--meter", "memory", "--limit", "1")).hasSize(1);
        assertThat(ids("samples", "--meter", "no.such")).isEmpty();
    }

    @Test
    void resources_areShownAsTheyWereKnown() throws Exception {
        assertThat(ask("resources")).extracting(one -> one.get("resource_id")).containsExactlyInAnyOrder("i-1", "i-2");
        assertThat(state(ask("resources", "--resource", "i-2"))).isEqualTo("resized");
        assertThat(state(ask("resources", "--resource", "i-2", "--as-of", "2026-11-20T12:00:00Z")))
                .isEqualTo("deleted");
    }

    private static @Nullable Object state(List<Map<String, @Nullable Object>> resources) {
        assertThat(resources).hasSize(1);
        return resources.getFirst().get("metadata") instanceof Map<?, ?> metadata ? metadata.get("display_name") : null;
    }

    @Test
    void metersAndStatistics_areCounted() throws Exception {
        assertThat(ask("meters", "--meter", "vcpus")).singleElement().satisfies(meter -> assertThat(meter)
                .containsEntry("name", "vcpus"));
        assertThat(ask("statistics", "--meter", "memory", "--group-by", "resource"))
                .hasSize(2);
        assertThat(ask("statistics", "--meter", "memory")).singleElement().satisfies(figures -> assertThat(figures)
                .containsEntry("count", 3L));
    }

    @Test
    void slots_areListed_withThoseThatAreMissing() throws Exception {
        assertThat(ask("slots", "--limit", "2"))
                .hasSize(2)
                .satisfiesExactly(
                        done -> assertThat(done)
                                .containsEntry("source", "pollsters")
                                .containsEntry("interval", 300L)
                                .containsEntry("member", "cmp1")
                                .containsEntry("began", "2026-11-20T00:00:00")
                                .containsEntry("state", "done")
                                .containsEntry("samples", 0L),
                        missing -> assertThat(missing)
                                .containsEntry("began", "2026-11-20T00:05:00")
                                .containsEntry("state", "missing")
                                .containsEntry("measured", null));
        String longAgo = "2026-11-01T00:00:00Z";
        assertThat(ask(
                        "slots",
                        "--from",
                        longAgo,
                        "--state",
                        "DONE",
                        "--member",
                        "cmp1",
                        "--interval",
                        "5m",
                        "--source",
                        "pollsters"))
                .hasSize(1);
        assertThat(ask("slots", "--from", longAgo, "--member", "cmp2")).isEmpty();
        CommandRun lately = run("slots", "--state", "DONE");
        assertThat(lately.exitCode()).isZero();
        assertThat(lately.objects()).isEmpty();
        assertThat(lately.err()).contains("Slots of the last 24 hours", "--from");
        assertThat(CommandRun.of("query", "slots", "--store", store, "--format", "csv", "--limit", "1")
                        .done()
                        .out())
                .startsWith("source,interval,member,began,state,samples,refused,parts,late by,reasons");
    }

    @Test
    void clusterStatus_showsWhoseAUnitIs() throws Exception {
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(store), LedgerOptions.DEFAULTS, WallClock.system())) {
            ledger.epochs().begin(new WorkUnit("pollsters", Duration.ofMinutes(5), "cmp1"), "central-1");
        }

        CommandRun shown = CommandRun.of("cluster", "status", "--store", store, "--format", "jsonl")
                .done();

        assertThat(Json.parse(shown.out().strip()))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("unit", "cmp1")
                .containsEntry("owner", "central-1")
                .containsEntry("epoch", 1L)
                .containsEntry("state", "missing");
        assertThat(CommandRun.of("cluster", "status", "--store", store).done().out())
                .contains("member", "central-1", "missing");
    }

    @Test
    void memberThatIsRetired_isNotExpectedAnyMore() throws Exception {
        assertThat(CommandRun.of("slots", "retire", "--store", store, "cmp9", "--reason", "sold")
                        .exitCode())
                .isEqualTo(1);
        assertThat(CommandRun.of("slots", "retire", "--store", store, "cmp1", "--interval", "1m", "--reason", "sold")
                        .exitCode())
                .isEqualTo(1);
        assertThat(CommandRun.of(
                                "slots",
                                "retire",
                                "--store",
                                store,
                                "cmp1",
                                "--source",
                                "pollsters",
                                "--interval",
                                "5m",
                                "--reason",
                                "sold")
                        .done()
                        .out())
                .contains("cmp1: retired from 1 source(s)");
    }

    @Test
    void gaps_areListed_byTime() throws Exception {
        assertThat(ask("gaps")).hasSize(2).first().satisfies(gap -> assertThat(gap)
                .containsEntry("source", "rabbitmq:q")
                .containsEntry("kind", "unbound")
                .containsEntry("lost", 7L)
                .containsEntry("began", "2026-11-20T00:00:00"));
        assertThat(ask("gaps", "--from", "2026-11-20T12:00:00Z")).hasSize(1);
        assertThat(ask("gaps", "--to", "2026-11-20T12:00:00Z")).hasSize(1);
        assertThat(CommandRun.of("query", "gaps", "--store", store).done().out())
                .contains(">= 7", "lasts", "unknown");
    }

    @Test
    void tablesAndCsv_haveAHeading() {
        for (String what : List.of("events", "samples", "resources", "meters", "statistics", "gaps")) {
            List<String> table =
                    CommandRun.of("query", what, "--store", store).done().lines();
            List<String> csv = CommandRun.of("query", what, "--store", store, "--format", "csv")
                    .done()
                    .lines();
            assertThat(table).as(what).hasSizeGreaterThan(1).hasSameSizeAs(csv);
            assertThat(csv.getFirst()).contains(",");
        }
    }

    @Test
    void anOptionThatRestrictsNothing_isWarnedOf() {
        CommandRun run = run("events", "--meter", "vcpus").exits(ExitCode.DONE);
        assertThat(run.err()).isEqualTo("nephometer: warning: --meter restricts nothing in query events\n");
        assertThat(run.lines()).hasSize(3);
    }

    @Test
    void wrongUsage_isToldWithExitCodeTwo() {
        assertThat(wrong("--from", "yesterday")).contains("--from: yesterday: expected a time such as");
        assertThat(wrong("--limit", "0")).contains("--limit: 0");
        assertThat(wrong("--limit", "many")).contains("--limit", "many");
        assertThat(wrong("--format", "xml")).contains("--format", "xml", "JSONL");
        assertThat(wrong("--trait", "state")).contains("--trait", "state");
        assertThat(wrong("--typ", "x")).contains("--typ");
        assertThat(CommandRun.of("query", "events").exits(ExitCode.USAGE).err()).contains("--store");
    }

    @Test
    void aRangeThatEndsBeforeItBegins_isRefused() throws Exception {
        String[] turned = {"--from", "2026-11-21", "--to", "2026-11-20T12:00:00+01:00"};
        for (String what : List.of("events", "samples", "resources", "meters", "statistics", "gaps")) {
            CommandRun run = run(what, turned).exits(ExitCode.USAGE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .as(what)
                    .contains("--from: 2026-11-21T00:00:00 is later than --to: 2026-11-20T11:00:00");
        }
        assertThat(ids("events", "--from", "2026-11-21", "--to", "2026-11-21")).isEmpty();
    }

    private String wrong(String... arguments) {
        CommandRun run = run("events", arguments).exits(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    @Test
    void aStoreThatIsNotThere_isTold_andNotMade() {
        Path missing = folder.resolve("missing.db");
        assertThat(CommandRun.of("query", "events", "--store", "sqlite:" + missing)
                        .exits(ExitCode.FAILED)
                        .err())
                .contains("there is no ledger at sqlite:" + missing);
        assertThat(missing).doesNotExist();
        assertThat(CommandRun.of("query", "events", "--store", "oracle:x")
                        .exits(ExitCode.USAGE)
                        .err())
                .contains("oracle:x", "expected sqlite:PATH, postgresql://");
        assertThat(CommandRun.of("query", "events", "--store", "mariadb://me:secret@127.0.0.1:1/x")
                        .exits(ExitCode.FAILED)
                        .err())
                .contains("mariadb://me:***@127.0.0.1:1/x cannot be opened", "Connection refused")
                .doesNotContain("secret");
        assertThat(CommandRun.of("ingest", "--store", store, folder + "/none.jsonl")
                        .exits(ExitCode.FAILED)
                        .err())
                .contains(folder + "/none.jsonl: there is no such file");
    }

    private List<Object> ids(String what, String... arguments) throws Exception {
        List<Object> ids = new ArrayList<>();
        ask(what, arguments).forEach(one -> ids.add(String.valueOf(one.get("message_id"))));
        return ids;
    }

    private List<Map<String, @Nullable Object>> ask(String what, String... arguments) throws Exception {
        return run(what, arguments).done().objects();
    }

    private CommandRun run(String what, String... arguments) {
        List<String> all = new ArrayList<>(List.of("query", what, "--store", store, "--format", "jsonl"));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
