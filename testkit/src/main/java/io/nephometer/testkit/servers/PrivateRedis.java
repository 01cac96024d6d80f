// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One Redis (Debian's {@code redis-server}) that keeps nothing on disk: a restart empties it. Who comes from this machine is the default
 * user, unless the settings say otherwise.
 */
public final class PrivateRedis extends OwnProcess {
    private static final String PACKAGE = "redis-server";
    private static final Path SERVER = Path.of("/usr/bin/redis-server");
    private static final Path CLIENT = Path.of("/usr/bin/redis-cli");
    private static final String ADMINISTRATOR = "administrator";

    private final List<String> settings;
    private final String kind;
    private final OwnPort port = new OwnPort();
    private final OwnPort tlsPort = new OwnPort();

    /** With the defaults of Redis. */
    public PrivateRedis() {
        this(List.of());
    }

    /**
     * With more settings.
     *
     * @param settings lines of {@code redis.conf}; if any begins with {@code tls-cert-file}, it also listens for TLS
     */
    public PrivateRedis(List<String> settings) {
        this(settings, "");
    }

    private PrivateRedis(List<String> settings, String kind) {
        super("Redis", "redis");
        this.settings = List.copyOf(settings);
        this.kind = kind;
    }

    /** A Sentinel that alone decides where {@code master} is. */
    public static PrivateRedis sentinel(String master, PrivateRedis at) {
        return new PrivateRedis(
                List.of(
                        "sentinel monitor " + master + " 127.0.0.1 " + at.port() + " 1",
                        "sentinel down-after-milliseconds " + master + " 500",
                        "sentinel failover-timeout " + master + " 2000"),
                "--sentinel");
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        Path program = DebianPackage.program(PACKAGE, SERVER);
        Path configuration = folder().write("redis.conf", configuration());
        List<String> command = new ArrayList<>(List.of(program.toString(), configuration.toString()));
        if (!kind.isEmpty()) {
            command.add(kind);
        }
        launch(Map.of(), "REDIS", command);
        awaitReady(this::pingOnce);
    }

    private String configuration() {
        List<String> lines = new ArrayList<>(List.of(
                "bind 127.0.0.1",
                "port " + port(),
                "daemonize no",
                "dir " + folder().path(),
                "pidfile \"\"",
                "logfile \"\""));
        if (kind.isEmpty()) {
            lines.add("save \"\"");
            lines.add("appendonly no");
            lines.add("user " + ADMINISTRATOR + " on nopass ~* &* +@all");
        }
        if (settings.stream().anyMatch(line -> line.startsWith("tls-cert-file"))) {
            lines.add("tls-port " + tlsPort());
        }
        lines.addAll(settings);
        return String.join("\n", lines) + "\n";
    }

    /** Whatever it answers, even that it wants a password: it listens. */
    private void pingOnce() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] answer = in.readNBytes(5);
            String text = new String(answer, StandardCharsets.US_ASCII);
            if (!text.equals("+PONG") && !text.equals("-NOAU")) {
                throw new IOException("answered " + text);
            }
        }
    }

    /** The port without TLS; known from the first call on, also while it is down. */
    public int port() {
        return port.number();
    }

    /** The port for TLS; nobody listens there unless the settings have certificates. */
    public int tlsPort() {
        return tlsPort.number();
    }

    /** The address without user and TLS. */
    public String url() {
        return "redis://127.0.0.1:" + port();
    }

    /** The address for TLS. */
    public String tlsUrl() {
        return "rediss://127.0.0.1:" + tlsPort();
    }

    /**
     * Runs {@code redis-cli} as one who may do everything, whatever the settings say of others.
     *
     * @return what it printed, without the last line end
     * @throws IllegalStateException with what it printed if it failed
     */
    public String cli(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                DebianPackage.program("redis-tools", CLIENT).toString(), "-e", "-h", "127.0.0.1", "-p", "" + port()));
        if (kind.isEmpty()) {
            command.addAll(List.of("--no-auth-warning", "--user", ADMINISTRATOR, "--pass", "any"));
        }
        command.addAll(List.of(arguments));
        return Tool.run(folder(), command);
    }

    /** Bytes of its data, as it counts them. */
    public long usedMemory() {
        return cli("INFO", "memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }
}
