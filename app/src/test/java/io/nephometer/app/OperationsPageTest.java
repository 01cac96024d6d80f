// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.collector.Collector;
import io.nephometer.app.collector.CollectorCompanions;
import io.nephometer.app.collector.DeferredLedger;
import io.nephometer.app.collector.LateCompletion;
import io.nephometer.app.collector.Retention;
import io.nephometer.app.collector.SlotWatch;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.inventory.discovery.LateMetadata;
import io.nephometer.model.UserMetadataRule;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.runtime.metrics.TelemetryServer;
import io.nephometer.store.ledger.RetentionPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/operations.md names our metrics, all of them, as they are served. */
class OperationsPageTest {
    private static final Pattern NAME = Pattern.compile("`((?:jvm|process|system)_[a-z_]+|nephometer_health)");

    private static final Path PAGE = Path.of("../docs/operations.md");
    private static final Pattern OWN_NAME = Pattern.compile("`(nephometer_[a-z_]+)");
    /** Those of the roles compute, central and audit; the first two ComputeAgentTest and CentralRoleTest scrape. And those of replicas. */
    private static final Pattern OF_AN_AGENT = Pattern.compile(
            "nephometer_(central|polling|hypervisor|api|cache|refresher|bus|spool|replica|reads|cells|audit|inventory)_");

    private static final Pattern LITERAL = Pattern.compile("\"(nephometer\\.[a-z.]+)\"");

    /** The file of the configuration, and our queue. */
    private static final Set<String> NO_METRICS = Set.of("nephometer.yaml", "nephometer.notifications");

    /** Counted when they happen for the first time. */
    private static final Set<String> ON_OCCASION = Set.of(
            "nephometer_gaps_total",
            "nephometer_gaps_forgotten_total",
            "nephometer_samples_dropped_total",
            "nephometer_late_samples_total");

    @Test
    void everyMetricOfTheProcessThatThePageNamesIsServed() throws IOException, InterruptedException {
        List<String> named = NAME.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                // Appears with the first collection of garbage.
                .filter(name -> !name.startsWith("jvm_gc_pause"))
                .toList();
        assertThat(named).hasSizeGreaterThan(8);
        assertThat(scrape()).contains(named);
    }

    @Test
    void thePageNames_everyMetricOfOurOwn_andNoOther() throws IOException {
        TreeSet<String> counted = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (Path file : files.filter(OperationsPageTest::isSource).toList()) {
                LITERAL.matcher(Files.readString(file))
                        .results()
                        .map(literal -> literal.group(1))
                        .filter(literal -> !NO_METRICS.contains(literal))
                        .forEach(literal -> counted.add(literal.replace('.', '_')));
            }
        }
        assertThat(counted).hasSizeGreaterThan(15);
        TreeSet<String> named = new TreeSet<>();
        OWN_NAME.matcher(Files.readString(PAGE)).results().forEach(name -> named.add(stem(name.group(1))));
        assertThat(named).isEqualTo(counted);
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        return path.contains("/src/main/java/") && path.endsWith(".java") && !path.startsWith("../e2e/");
    }

    private static String stem(String name) {
        return name.replaceAll("_total$|_seconds_(count|sum|max)$", "");
    }

    @Test
    void theNamesOfOurOwn_areThoseThatAreServed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("n.yaml"),
                "collector: {rabbitmq: [{url: 'rabbit://127.0.0.1:1', exchanges: [nova]}]}\n");
        Configuration config = ConfigurationFile.read(file).value();
        try (Metrics metrics = new Metrics()) {
            assertThat(new Retention(RetentionPolicy.FOREVER, Optional::empty, metrics.registry()).isLimited())
                    .isFalse();
            UserMetadataRule rule = new UserMetadataRule(List.of(), List.of(), 256);
            new LateCompletion(
                            Optional::empty,
                            ids -> Optional.empty(),
                            new LateMetadata(rule),
                            Duration.ofHours(1),
                            WallClock.system(),
                            metrics.registry())
                    .run();
            new SlotWatch(Optional::empty, Optional::empty, config.collector().memberAbsence(), metrics.registry())
                    .look();
            Collector collector = new Collector(
                    config.collector(),
                    message -> {
                        throw new AssertionError();
                    },
                    new DeferredLedger(
                            () -> {
                                throw new AssertionError();
                            },
                            Ticker.system()),
                    new Surroundings(
                            "host", metrics.registry(), new HealthRegistry(), WallClock.system(), Ticker.system()),
                    CollectorCompanions.NONE,
                    UnaryOperator.identity());
            collector.close();
            String served = scrape(metrics);
            List<String> named = OWN_NAME.matcher(Files.readString(PAGE))
                    .results()
                    .map(name -> name.group(1))
                    .filter(name -> !ON_OCCASION.contains(name))
                    .filter(name -> !OF_AN_AGENT.matcher(name).lookingAt())
                    .toList();
            assertThat(named).hasSizeGreaterThan(12);
            assertThat(served.lines().map(line -> line.replaceAll("[{ ].*", "")))
                    .containsAll(named);
        }
    }

    private static String scrape() throws IOException, InterruptedException {
        try (Metrics metrics = new Metrics()) {
            return scrape(metrics);
        }
    }

    private static String scrape(Metrics metrics) throws IOException, InterruptedException {
        HealthRegistry health = new HealthRegistry();
        health.register("x", () -> new Health.Up("fine"));
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TelemetryServer server = new TelemetryServer(free, metrics, health);
                HttpClient client = HttpClient.newHttpClient()) {
            server.start();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
