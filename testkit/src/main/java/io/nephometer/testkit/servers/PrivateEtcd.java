// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One node of etcd (Debian's {@code etcd-server}), alone or of a {@link PrivateEtcdCluster}. It elects quickly, so that leases of one second
 * are possible.
 */
public final class PrivateEtcd extends OwnProcess {
    private static final String PACKAGE = "etcd-server";
    private static final Path SERVER = Path.of("/usr/bin/etcd");
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final List<String> settings;
    private final OwnPort port = new OwnPort();
    private final OwnPort peerPort = new OwnPort();
    private final OwnPort statusPort = new OwnPort();
    private String cluster = "";

    /** With the defaults of etcd. */
    public PrivateEtcd() {
        this(List.of());
    }

    /**
     * With more settings.
     *
     * @param settings options of the command; if any begins with {@code --cert-file}, it listens for TLS alone
     */
    public PrivateEtcd(List<String> settings) {
        this("one", settings);
        form(List.of(this));
    }

    PrivateEtcd(String name, List<String> settings) {
        super("etcd", "etcd");
        this.name = name;
        this.settings = List.copyOf(settings);
    }

    /** Before the first start: who the nodes are. */
    void form(List<PrivateEtcd> nodes) {
        cluster = String.join(
                ",",
                nodes.stream().map(node -> node.name + "=" + node.peerUrl()).toList());
    }

    private String peerUrl() {
        return "http://127.0.0.1:" + peerPort.number();
    }

    @Override
    public void start() {
        launch();
        awaitReady();
    }

    /** Starts it without waiting. */
    void launch() {
        if (isRunning()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(
                DebianPackage.program(PACKAGE, SERVER).toString(),
                "--name=" + name,
                "--data-dir=" + folder().file("data"),
                "--listen-client-urls=" + url(),
                "--advertise-client-urls=" + url(),
                "--listen-peer-urls=" + peerUrl(),
                "--initial-advertise-peer-urls=" + peerUrl(),
                "--initial-cluster=" + cluster,
                "--listen-metrics-urls=" + statusUrl(),
                "--heartbeat-interval=50",
                "--election-timeout=500",
                "--logger=zap",
                "--log-level=warn"));
        command.addAll(settings);
        launch(Map.of(), "ETCD", command);
    }

    /** Returns when it answers, which needs most nodes of the cluster. */
    void awaitReady() {
        awaitReady(() -> {
            String health = status("/health");
            if (!health.contains("\"true\"")) {
                throw new IOException(health);
            }
        });
    }

    /** Whether it leads its cluster, as it thinks itself. */
    public boolean isLeader() {
        try {
            return status("/metrics").contains("\netcd_server_is_leader 1\n");
        } catch (IOException _) {
            return false;
        }
    }

    private String status(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(statusUrl() + path))
                .timeout(ANSWER_LIMIT)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking etcd", e);
        }
    }

    private String statusUrl() {
        return "http://127.0.0.1:" + statusPort.number();
    }

    /** The port for clients; the same after a restart. */
    public int port() {
        return port.number();
    }

    /** The address for clients. */
    public String url() {
        boolean tls = settings.stream().anyMatch(setting -> setting.startsWith("--cert-file"));
        return (tls ? "https" : "http") + "://127.0.0.1:" + port();
    }

    /** Stops it where it stands: it keeps its connections and answers nobody. */
    public void pause() {
        running().signal("STOP");
    }

    /** Lets a paused one go on. */
    public void resume() {
        running().signal("CONT");
    }
}
