// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.model.Delivery;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.preview.NotificationPreview;
import io.nephometer.pipeline.preview.Preview;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.sources.files.FileReceiver;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer definitions test}: what notifications become, and why something is missing. */
@Command(
        name = "test",
        description = {
            "Show what notifications become under definitions, and why a trait or sample is missing. Nothing is stored.",
            "A faulty meter definition is left out and told on standard error; definitions that cannot be loaded end the"
                    + " command with exit code 2."
        })
final class DefinitionsTestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DefinitionsOption definitions;

    @Option(names = "--json", description = "One line of JSON for each notification.")
    private boolean json;

    @Mixin
    private RecordedFiles recorded;

    @Override
    public Integer call() throws CommandFailure, IOException {
        List<Path> files = recorded.existing();
        PrintWriter err = spec.commandLine().getErr();
        Definitions loaded = definitions.loadWhatCanBe();
        loaded.problems().forEach(problem -> err.println(problem.text()));
        NotificationPreview preview = new NotificationPreview(loaded);
        PrintWriter out = spec.commandLine().getOut();
        try (FileReceiver receiver = new FileReceiver(files)) {
            for (Delivery next = receiver.receive(Duration.ZERO);
                    next != null && !out.checkError();
                    next = receiver.receive(Duration.ZERO)) {
                print(preview(preview, next), out);
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static Preview preview(NotificationPreview preview, Delivery delivery) {
        try {
            if (Json.parse(delivery.message().body().unsafeArray()) instanceof Map<?, ?> map) {
                @SuppressWarnings("unchecked") // the JSON reader makes maps with text keys only
                Map<String, @Nullable Object> message = (Map<String, @Nullable Object>) map;
                return preview.of(message);
            }
            return unreadable("the message is not a map: intake puts it into recovery");
        } catch (JsonException e) {
            return unreadable("the message is not JSON: " + e.getMessage() + ": intake puts it into recovery");
        }
    }

    private static Preview unreadable(String reason) {
        return new Preview(null, null, List.of(), List.of(), reason, null, List.of());
    }

    private void print(Preview preview, PrintWriter out) {
        out.print(json ? Json.write(preview.toMap()) + "\n" : PreviewText.of(preview));
    }
}
