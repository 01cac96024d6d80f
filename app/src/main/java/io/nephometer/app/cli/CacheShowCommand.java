// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.TelemetryConfig;
import io.nephometer.app.output.PrettyJson;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer cache show}: asks the running agent over its telemetry port. */
@Command(
        name = "show",
        description =
                "Show the metadata cache of the agent that runs on this machine: how old it is, what it holds, what its"
                        + " refreshes did and what they asked of Nova and Glance.")
final class CacheShowCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Agent agent = new Agent();

    @Option(names = "--json", description = "Print JSON instead of lines.")
    private boolean json;

    /** What of the file says where the agent answers. */
    private record Telemetry(TelemetryConfig telemetry) {}

    /** Where the agent answers. */
    private static final class Agent {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "The agent's configuration file, which names its telemetry port.")
        private @Nullable Path file;

        @Option(
                names = "--url",
                paramLabel = "URL",
                description = "The agent's telemetry address: http://127.0.0.1:9473.")
        private @Nullable URI url;

        URI address() throws ConfigException, CommandFailure {
            if (url != null) {
                return url;
            }
            Path named = file == null ? Path.of("nephometer.yaml") : file;
            TelemetryConfig telemetry =
                    ConfigurationFile.readPart(named, Telemetry.class).value().telemetry();
            if (!telemetry.enabled() || telemetry.port() == 0) {
                throw CommandFailure.usage(
                        file + ": telemetry is off or on a port that is not told there; give the address with --url",
                        null);
            }
            return URI.create("http://" + telemetry.address() + ":" + telemetry.port());
        }
    }

    @Override
    public Integer call() throws ConfigException, CommandFailure, InterruptedException {
        Map<?, ?> report = report(agent.address());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(PrettyJson.of(report));
        } else {
            print("", report, out);
        }
        return ExitCode.DONE;
    }

    private static Map<?, ?> report(URI address) throws CommandFailure, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(address.resolve("/cache"))
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() == 404) {
                throw CommandFailure.failed(
                        address + " answers, but has no cache to show: that process does not run the role compute",
                        null);
            }
            if (response.statusCode() != 200 || !(Json.parse(response.body()) instanceof Map<?, ?> report)) {
                throw CommandFailure.failed(
                        address + " answered with status " + response.statusCode() + " and no report; is it an agent?",
                        null);
            }
            return report;
        } catch (IOException e) {
            throw CommandFailure.failed("no agent answers at " + address + " (" + e + "); is it running?", e);
        } catch (JsonException | IllegalArgumentException e) {
            throw CommandFailure.failed(address + " did not answer as an agent does: " + e.getMessage(), e);
        }
    }

    /** One line for each value, nested names joined by dots. */
    private static void print(String prefix, Map<?, ?> values, PrintWriter out) {
        values.forEach((key, value) -> {
            if (value instanceof Map<?, ?> nested) {
                print(prefix + key + ".", nested, out);
            } else {
                out.printf("%-36s %s%n", prefix + key, value == null ? "-" : value);
            }
        });
    }
}
