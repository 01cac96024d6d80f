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
import org.jspecify.annotations.Nullable;

/**
 * One node of etcd (Debian's {@code etcd-server}), alone or of a {@link PrivateEtcdCluster}. It elects quickly, so that leases of one second
 * are possible.
 */
public final class PrivateEtcd implements PrivateServer {
    private static final String PACKAGE = "etcd-server";
    private static final Path SERVER = Path.of("/usr/bin/etcd");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final List<String> settings;
    private final int port = FreePorts.next();
    private final int peerPort = FreePorts.next();
    private final int statusPort = FreePorts.next();
    private String cluster = "";
    private @Nullable ScratchFolder folder;
    private @Nullable ServerProcess process;

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
        return "http://127.0.0.1:" + peerPort;
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
        ScratchFolder scratch = folder();
        List<String> command = new ArrayList<>(List.of(
                DebianPackage.program(PACKAGE, SERVER).toString(),
                "--name=" + name,
                "--data-dir=" + scratch.file("data"),
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
        process = ServerProcess.start("etcd", scratch.file(name + ".out"), Map.of(), "ETCD", command);
    }

    /** Returns when it answers, which needs most nodes of the cluster. */
    void awaitReady() {
        ServerProcess started = process;
        if (started == null) {
            throw new IllegalStateException("etcd was not started");
        }
        started.awaitReady(START_LIMIT, () -> {
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
        return "http://127.0.0.1:" + statusPort;
    }

    /** The port for clients; the same after a restart. */
    public int port() {
        return port;
    }

    /** The address for clients. */
    public String url() {
        boolean tls = settings.stream().anyMatch(setting -> setting.startsWith("--cert-file"));
        return (tls ? "https" : "http") + "://127.0.0.1:" + port;
    }

    /** Stops it where it stands: it keeps its connections and answers nobody. */
    public void pause() {
        running().signal("STOP");
    }

    /** Lets a paused one go on. */
    public void resume() {
        running().signal("CONT");
    }

    private ServerProcess running() {
        ServerProcess running = process;
        if (running == null) {
            throw new IllegalStateException("etcd does not run");
        }
        return running;
    }

    @Override
    public void stop() {
        ServerProcess running = process;
        process = null;
        if (running != null) {
            running.terminate(STOP_LIMIT);
        }
    }

    @Override
    public void kill() {
        ServerProcess running = process;
        process = null;
        if (running != null) {
            running.kill();
        }
    }

    @Override
    public boolean isRunning() {
        ServerProcess running = process;
        return running != null && running.isAlive();
    }

    @Override
    public void close() {
        kill();
        ScratchFolder scratch = folder;
        folder = null;
        if (scratch != null) {
            scratch.delete();
        }
    }

    private ScratchFolder folder() {
        ScratchFolder known = folder;
        if (known == null) {
            known = ScratchFolder.create("etcd");
            folder = known;
        }
        return known;
    }
}
