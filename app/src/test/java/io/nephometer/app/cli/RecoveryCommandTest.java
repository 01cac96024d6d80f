// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static io.nephometer.app.cli.CapturedMessage.created;
import static io.nephometer.app.cli.CapturedMessage.line;
import static io.nephometer.app.cli.CapturedMessage.ofBody;
import static io.nephometer.app.cli.CapturedMessage.with;
import static io.nephometer.app.cli.CapturedMessage.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.json.Json;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryCommandTest {
    private static final String NOT_JSON = "no json \u001b[31m at all";

    private static final Map<String, @Nullable Object> KNOWN = without(created("m-1", "i-1"), "_context_auth_token");

    @TempDir
    private Path folder;

    private String store = "";

    @BeforeEach
    void ingest() throws Exception {
        store = "sqlite:" + folder.resolve("ledger.db");
        Path file = Files.write(
                folder.resolve("in.jsonl"),
                List.of(
                        line(KNOWN),
                        line(with(created("m-2", "i-2"), "timestamp", "yesterday")),
                        line(without(created("m-3", "i-3"), "message_id")),
                        line(without(created("m-3", "i-3"), "message_id")),
                        ofBody(NOT_JSON)));
        assertThat(one(run("ingest", "--json", file.toString()).done()))
                .containsEntry("read", 5L)
                .containsEntry("events", 1L)
                .containsEntry("recovered", 3L)
                .containsEntry("duplicates", 1L);
    }

    @Test
    void whatWaits_isListedByReasonWithCounts() throws Exception {
        assertThat(run("recovery list", "--format", "jsonl").done().objects())
                .extracting(group -> group.get("kind") + " " + group.get("entries") + " " + group.get("seen"))
                .containsExactlyInAnyOrder("BAD_TIMESTAMP 1 1", "MISSING_MESSAGE_ID 1 2", "NOT_JSON 1 1");
        assertThat(run("recovery list").done().lines())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("reason  ")
                .contains("entries", "messages", "first seen", "last seen");
        assertThat(run("recovery list", "--format", "csv").done().lines()).hasSize(4);
    }

    @Test
    void entries_areListedByFilterAndLimit() throws Exception {
        assertThat(run("recovery list", "--entries", "--format", "jsonl").done().objects())
                .hasSize(3);
        assertThat(run("recovery list", "--limit", "2", "--format", "jsonl")
                        .done()
                        .objects())
                .hasSize(2);
        assertThat(run("recovery list", "--step", "store", "--format", "jsonl")
                        .done()
                        .out())
                .isEmpty();
        Map<String, @Nullable Object> entry = one(run("recovery list", "--kind", "bad_timestamp", "--format", "jsonl"));
        assertThat(entry)
                .containsEntry("message_id", "m-2")
                .containsEntry("exchange", "nova")
                .containsEntry("routing_key", "notifications.info")
                .containsEntry("state", "OPEN");
    }

    @Test
    void anEntry_isShownWithItsMessageOpenedAndWithoutSecrets() throws Exception {
        assertThat(run("recovery show", id("BAD_TIMESTAMP").substring(0, 6))
                        .done()
                        .out())
                .contains("BAD_TIMESTAMP in step decode", "yesterday", "    \"message_id\": \"m-2\",")
                .contains("exchange     nova", "content_type")
                .contains("\"_context_auth_token\": \"***\"")
                .doesNotContain("gAAAAsecret");
        assertThat(run("recovery show", id("NOT_JSON")).done().out()).contains("no json ·[31m at all");
    }

    @Test
    void theRawBody_isPrintedByteByByte() throws Exception {
        PrintStream usual = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String id = id("NOT_JSON");
        try (PrintStream captured = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            assertThat(run("recovery show", "--raw", id).done().out()).isEmpty();
        } finally {
            System.setOut(usual);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(NOT_JSON);
    }

    @Test
    void anEditedMessage_countsOnceHoweverOftenItIsRetried() throws Exception {
        String id = id("BAD_TIMESTAMP");
        Path body = folder.resolve("body.json");
        String shown = run("recovery show", "--body", id).done().out();
        Files.writeString(
                body, shown.replace("yesterday", "2026-11-20 02:00:00").replace("***", "typedSecret"));

        assertThat(run("recovery edit", id, "--body-file", body.toString(), "--note", "clock was off")
                        .done()
                        .out())
                .contains("event compute.instance.create.end at 2026-11-20T02:00:00", "sample vcpus = 2 vcpu");
        assertThat(run("query events").done().lines())
                .as("edit alone writes nothing")
                .hasSize(2);
        assertThat(run("recovery retry", id).done().out()).contains("event and 5 samples", "1 of 1 settled");
        assertThat(run("recovery retry", id).done().out()).contains("resolved already; nothing was done");

        assertThat(run("query samples", "--format", "jsonl").done().objects()).hasSize(10);
        assertThat(run("query events", "--format", "jsonl").done().objects())
                .extracting(event -> event.get("message_id"))
                .containsExactly("m-1", "m-2");
        assertThat(run("recovery show", id).done().out())
                .contains("state        resolved", "clock was off", "yesterday", "retry    EVENT")
                .doesNotContain("typedSecret");
        assertThat(run("recovery list", "--state", "resolved", "--format", "jsonl")
                        .done()
                        .objects())
                .hasSize(1);
    }

    @Test
    void aBodyInWhichNothingWasEdited_isLeftAsItIs() throws Exception {
        for (String id : List.of(id("BAD_TIMESTAMP"), id("NOT_JSON"))) {
            String before = run("recovery show", id).done().out();
            Path body = Files.writeString(
                    folder.resolve("body.json"),
                    run("recovery show", "--body", id).done().out());
            assertThat(run("recovery edit", id, "--body-file", body.toString())
                            .done()
                            .out())
                    .contains("the body is the same; nothing was changed");
            assertThat(run("recovery show", id).done().out()).isEqualTo(before);
        }
    }

    @Test
    void aMessageThatIsKnown_isSettledAndNotCountedAgain() throws Exception {
        String id = id("MISSING_MESSAGE_ID");
        Path body = folder.resolve("body.json");
        String first = run("query events", "--format", "jsonl").done().out();
        Files.writeString(body, Json.write(KNOWN));

        run("recovery edit", id, "--body-file", body.toString()).done();
        CommandRun retried = run("recovery retry", id);

        assertThat(retried.out()).contains("nothing was counted again", "1 of 1 settled");
        assertThat(run("query events", "--format", "jsonl").done().out()).isEqualTo(first);
    }

    @Test
    void aRetriedMessageWithAMaskedSecret_isKnownWhenItComesAgainByAnotherExchange() throws Exception {
        Path definitions = Files.createDirectory(folder.resolve("definitions"));
        Files.writeString(definitions.resolve("event_definitions.yaml"), """
                - event_type: compute.instance.*
                  traits:
                    state: {fields: payload.state, type: int}
                """);
        String message = line(created("m-5", "i-5"));
        Path first = Files.writeString(folder.resolve("first.jsonl"), message + "\n");
        Path again = Files.writeString(folder.resolve("again.jsonl"), message.replace("\"nova\"", "\"other\"") + "\n");
        assertThat(one(run("ingest", "--json", "--definitions", definitions.toString(), first.toString())))
                .containsEntry("recovered", 1L);

        assertThat(run("recovery retry", id("EVENT_CONVERSION")).done().out()).contains("event and 5 samples");

        assertThat(one(run("ingest", "--json", again.toString()).done()))
                .containsEntry("duplicates", 1L)
                .containsEntry("conflicts", 0L);
    }

    @Test
    void aMessageThatWasTooLarge_isKnownAfterItsRetryWhenItComesAgainByAnotherExchange() throws Exception {
        Path small = Files.writeString(folder.resolve("small.yaml"), "collector: {max_message_bytes: 1kB}\n");
        String message = line(with(created("m-6", "i-6"), "padding", "x".repeat(1_000)));
        Path first = Files.writeString(folder.resolve("first.jsonl"), message + "\n");
        Path again = Files.writeString(folder.resolve("again.jsonl"), message.replace("\"nova\"", "\"other\"") + "\n");
        assertThat(one(run("ingest", "--json", "--config", small.toString(), first.toString())))
                .containsEntry("recovered", 1L);
        String id = id("TOO_LARGE");
        assertThat(run("recovery show", id).done().out()).contains("***").doesNotContain("gAAAAsecret");
        assertThat(run("recovery retry", "--config", small.toString(), id)
                        .exits(ExitCode.FAILED)
                        .out())
                .contains("still waiting: TOO_LARGE");

        assertThat(run("recovery retry", id).done().out()).contains("event and 5 samples");

        assertThat(one(run("ingest", "--json", again.toString()).done()))
                .containsEntry("duplicates", 1L)
                .containsEntry("conflicts", 0L);
    }

    @Test
    void aDryRun_showsWhatItWouldBecomeAndWritesNothing() throws Exception {
        String before =
                run("recovery list", "--entries", "--format", "jsonl").done().out();

        CommandRun dry = run("recovery retry", "--all", "--dry-run").exits(ExitCode.FAILED);

        assertThat(dry.out()).contains("would become", "BAD_TIMESTAMP: ", "NOT_JSON: ");
        assertThat(run("recovery list", "--entries", "--format", "jsonl").done().out())
                .isEqualTo(before);
    }

    @Test
    void whatStillWaits_isToldAndMakesTheCommandFail() throws Exception {
        CommandRun retried =
                run("recovery retry", "--all", "--kind", "not_json").exits(ExitCode.FAILED);
        assertThat(retried.out()).contains("still waiting: NOT_JSON: the body", "0 of 1 settled, 1 still waiting");
        assertThat(one(run("recovery list", "--kind", "not_json", "--format", "jsonl")))
                .containsEntry("attempts", 1L);
    }

    @Test
    void aDiscardedEntry_isKeptWithItsReasonAndNotRetried() throws Exception {
        String id = id("NOT_JSON");
        run("recovery discard", id, "--reason", "a port scan").done();

        assertThat(run("recovery show", id).done().out()).contains("state        discarded", "a port scan");
        assertThat(run("recovery retry", id).exits(ExitCode.FAILED).out()).contains("discarded already");
        assertThat(run("recovery discard", id, "--reason", "again")
                        .exits(ExitCode.FAILED)
                        .err())
                .contains("is discarded already; nothing was done");
        assertThat(run("recovery list").done().lines()).hasSize(3);
    }

    @Test
    void besideACollector_oneMayLookAndIsToldWhatToDo() throws Exception {
        String id = id("NOT_JSON");
        try (Ledger collector = Ledgers.open(StoreUrl.parse(store), LedgerOptions.DEFAULTS, WallClock.system())) {
            assertThat(collector.isAvailable()).isTrue();
            run("recovery list").done();
            run("recovery show", id).done();
            run("recovery retry", id, "--dry-run").exits(ExitCode.FAILED);
            for (String change : List.of("recovery retry", "recovery discard --reason x")) {
                assertThat(run(change, id).exits(ExitCode.FAILED).err())
                        .contains("in use by", "Stop that process", "PostgreSQL");
            }
        }
    }

    @Test
    void wrongUsage_isToldWithExitCodeTwo() {
        assertThat(run("recovery retry").exits(ExitCode.USAGE).err()).contains("give either ids or --all");
        assertThat(run("recovery retry", "--all", "abcd").exits(ExitCode.USAGE).err())
                .contains("give either ids or --all");
        assertThat(run("recovery retry", "abcd", "--kind", "not_json")
                        .exits(ExitCode.USAGE)
                        .err())
                .contains("--kind and --step go with --all");
        assertThat(run("recovery show", "xyz").exits(ExitCode.USAGE).err()).contains("hexadecimal");
        assertThat(run("recovery list", "--limit", "0").exits(ExitCode.USAGE).err())
                .contains("--limit: 0");
        assertThat(run("recovery list", "--kind", "nonsense")
                        .exits(ExitCode.USAGE)
                        .err())
                .contains("nonsense", "NOT_JSON");
        assertThat(run("recovery discard", "abcd").exits(ExitCode.USAGE).err()).contains("--reason");
    }

    @Test
    void whatIsNotThere_isToldWithExitCodeOne() {
        assertThat(run("recovery show", "0123456789").exits(ExitCode.FAILED).err())
                .contains("no entry whose id begins with 0123456789");
        assertThat(run("recovery edit", "0123456789", "--body-file", folder + "/none")
                        .exits(ExitCode.FAILED)
                        .err())
                .contains(folder + "/none: there is no such file");
        store = "sqlite:" + folder.resolve("misspelt.db");
        assertThat(run("recovery retry", "--all").exits(ExitCode.FAILED).err()).contains("there is no ledger at");
        assertThat(folder.resolve("misspelt.db")).doesNotExist();
    }

    /** @param command words of the command, before its options */
    private CommandRun run(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command.split(" ", -1)));
        all.add("--store");
        all.add(store);
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private String id(String kind) throws Exception {
        return String.valueOf(
                one(run("recovery list", "--kind", kind, "--format", "jsonl")).get("id"));
    }

    private static Map<String, @Nullable Object> one(CommandRun run) throws Exception {
        List<Map<String, @Nullable Object>> objects = run.done().objects();
        assertThat(objects).hasSize(1);
        return objects.getFirst();
    }
}
