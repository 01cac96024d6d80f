// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.Main;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page docs/commands.md, made from the commands themselves and a few words about their output. */
final class CommandsPage {
    private static final String HEAD = """
            # Commands

            <!-- Generated from the commands in io.nephometer.app.cli; CommandsPageTest says how to write it anew. -->

            `nephometer --help` lists the commands, `nephometer COMMAND --help` explains one. Every command also takes `--help`
            and `--version`.

            | exit code | meaning |
            |---|---|
            | 0 | done |
            | 1 | failed: a server, a file, the network, or something still waits for a person; standard error says what |
            | 2 | wrong usage: options, configuration or definitions; nothing was done |
            | 143, 130 | `run` was ended by SIGTERM or SIGINT |

            - Answers go to standard output, everything else to standard error: what failed, for which file, line or key, the value,
              what happens now, what to change.
            - A **store** is `sqlite:PATH`, `postgresql://user:password@host:port/database` or `mariadb://…`; special characters of a password as
              `%XX`. Only `ingest`, `run` and `store migrate` make a ledger where there is none.
            - SQLite serves one writing process per file. Commands that only look work beside it; those that write say who holds it.
            - A **time** is ISO 8601 (`2026-11-22T01:27:42Z`, `2026-11-22`), UTC unless it says otherwise; times are printed in UTC.
            - `--format`: `table` is for people and fits the terminal, in a pipe nothing is cut; `jsonl` is one JSON object per line with
              everything; `csv` has the columns of the table (RFC 4180).
            - Long work shows its progress on a terminal and nothing in a pipe.
            """;

    private static final Map<String, String> OUTPUT = Map.of(
            "ingest", """
            With `--json` the last line is `{"read", "events", "samples", "recovered", "duplicates", "conflicts", "sample_only",
            "unmatched", "seconds"}`. Each message is in exactly one of them: `read` = `events` + `recovered` + `duplicates` +
            `conflicts` + `sample_only` + `unmatched`. `samples` are those newly in the ledger.
            """,
            "query events", """
            As `jsonl`: `{"event_type", "message_id", "generated", "traits": [[name, dtype, value], …]}`; dtype 1 is text, 2 integer,
            3 float, 4 datetime. An option that says nothing about events is warned of and changes nothing; so it is for the others.
            """,
            "query samples", """
            As `jsonl`: `{"name", "type", "unit", "volume", "resource_id", "project_id", "user_id", "timestamp", "message_id",
            "metadata"}`; `message_id` is that of the notification, null for polled samples.
            """,
            "query gaps", """
            As `jsonl`: `{"began", "began_earlier", "ended", "source", "kind", "subject", "lost", "at_least", "detail"}`; `ended` is null
            while it lasts, `lost` null if nobody can know. [rabbitmq.md](rabbitmq.md) says which kinds there are.
            """,
            "query pending", """
            As `jsonl`: `{"instance", "resource", "as_of", "since", "given_up"}`; `given_up` is null while somebody still tries.
            [global-cache.md](global-cache.md#samples-joined-late) says when there are any.
            """,
            "query slots", """
            As `jsonl`: `{"source", "interval", "member", "began", "state", "parts", "parts_seen", "samples", "refused", "measured",
            "first_committed", "last_committed", "late_by", "reasons": [{"reason", "count", "detail"}]}`; `interval` and `late_by` are
            seconds, times are null where nothing came. [slots.md](slots.md) says what the states mean.
            """,
            "recovery list", """
            As `jsonl`, a group: `{"kind", "step", "state", "event_only", "entries", "seen", "first_seen", "last_seen"}`; an entry: `{"id",
            "state", "event_only", "step", "kind", "detail", "message_id", "exchange", "routing_key", "bytes", "first_seen", "last_seen",
            "seen", "attempts"}`. [recovery.md](recovery.md) shows how to work with it.
            """,
            "definitions test", """
            With `--json` one line for each notification: `{"message_id", "event": {…} or null, "samples": […], "problems": […]}`, and
            `"dropped"` with the names of meters that had no usable volume. [definitions.md](definitions.md) shows how to use it.
            """,
            "pollsters check", """
            A line for each pollster that can be used: `file:line: name: ok, type in unit: what is asked`. Exit code 2 if one cannot be
            used. [dynamic-pollsters.md](dynamic-pollsters.md) has the keys and the language of expressions.
            """,
            "store size", """
            A row of `samples` holds all that one message or poll measured on one resource, not one sample.
            """);

    private CommandsPage() {}

    static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        leaves(Main.commands()).forEach(command -> section(page, command));
        return page.toString();
    }

    private static List<CommandSpec> leaves(CommandSpec command) {
        if (command.subcommands().isEmpty()) {
            return List.of(command);
        }
        List<CommandSpec> leaves = new ArrayList<>();
        command.subcommands().values().forEach(child -> leaves.addAll(leaves(child.getCommandSpec())));
        return leaves;
    }

    private static void section(StringBuilder page, CommandSpec command) {
        page.append("\n## `").append(command.qualifiedName()).append("`\n\n");
        page.append(String.join("\n\n", command.usageMessage().description())).append('\n');
        List<ArgSpec> arguments = arguments(command);
        if (!arguments.isEmpty()) {
            page.append("\n| option | meaning |\n|---|---|\n");
            arguments.forEach(argument -> page.append(row(argument)));
        }
        String output = OUTPUT.get(command.qualifiedName().substring("nephometer ".length()));
        if (output != null) {
            page.append('\n').append(output);
        }
    }

    private static List<ArgSpec> arguments(CommandSpec command) {
        Stream<OptionSpec> options = command.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .sorted(Comparator.comparing((OptionSpec option) -> !option.required())
                        .thenComparing(OptionSpec::longestName));
        return Stream.concat(command.positionalParameters().stream(), options).toList();
    }

    private static String row(ArgSpec argument) {
        String form =
                switch (argument) {
                    case OptionSpec option ->
                        option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
                    case PositionalParamSpec positional ->
                        positional.paramLabel() + (positional.isMultiValue() ? " …" : "");
                    default -> throw new IllegalStateException("unknown kind of argument: " + argument);
                };
        String needed = argument.required() ? " (required)" : "";
        return Stream.of(argument.description())
                .map(String::strip)
                .collect(Collectors.joining(" ", "| `" + form + "`" + needed + " | ", " |\n"))
                .replace("*", "\\*");
    }
}
