// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One MariaDB server (Debian's {@code mariadb-server}) of its own, with durable commits as in production and without TLS. It
 * listens on the loopback address only. User {@value #USER} with password {@value #PASSWORD} may do everything on it. The server
 * refuses to run as root, so under root it runs as the system's user {@code mysql}.
 */
public final class PrivateMariaDb implements PrivateServer {
    /** A user with all rights. */
    public static final String USER = "nephometer";

    /** Its password. */
    public static final String PASSWORD = "private";

    private static final String PACKAGE = "mariadb-server";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final List<String> settings;
    private final @Nullable PrivateMariaDb followed;
    private int replicas;
    private int port;
    private @Nullable ScratchFolder scratch;
    private @Nullable ServerProcess server;

    /** A server with MariaDB's own settings. */
    public PrivateMariaDb() {
        this(List.of());
    }

    /** A server with more settings, such as {@code max-connections=20}. */
    public PrivateMariaDb(List<String> settings) {
        this(settings, null);
    }

    private PrivateMariaDb(List<String> settings, @Nullable PrivateMariaDb followed) {
        this.settings = List.copyOf(settings);
        this.followed = followed;
    }

    /** A server that may have replicas: it logs what it does from the beginning, durably. */
    public static PrivateMariaDb primary() {
        return new PrivateMariaDb(List.of("log-bin=bin", "server-id=1", "sync-binlog=1", "gtid-strict-mode=1"));
    }

    /**
     * A replica of this server, which has to be one made by {@link #primary()} and to run when the replica is started. It is
     * read-only, and does again all that was ever done here.
     */
    public PrivateMariaDb replica() {
        return new PrivateMariaDb(
                List.of("log-bin=bin", "server-id=" + (2 + replicas++), "gtid-strict-mode=1", "read-only=1"), this);
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        ScratchFolder folder = folder();
        Path data = folder.file("data");
        boolean fresh = !Files.exists(data.resolve("mysql"));
        if (fresh) {
            initialize(folder, data);
        }
        List<String> command = new ArrayList<>(List.of(
                program("/usr/sbin/mariadbd").toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--port=" + port(),
                "--bind-address=127.0.0.1",
                "--socket=" + socket(),
                "--pid-file=" + data.resolve("server.pid"),
                "--skip-name-resolve",
                "--performance-schema=OFF",
                "--innodb-buffer-pool-size=64M",
                "--innodb-log-file-size=48M"));
        settings.forEach(setting -> command.add("--" + setting));
        if (isRoot()) {
            command.add("--user=mysql");
        }
        ServerProcess started = ServerProcess.start("MariaDB", folder.file("mariadb.out"), Map.of(), "MYSQL", command);
        server = started;
        started.awaitReady(START_LIMIT, () -> sql("", "SELECT 1"));
        if (fresh && followed != null) {
            follow(followed);
        } else if (fresh) {
            sql("", "CREATE USER " + USER + "@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'");
            sql("", "GRANT ALL ON *.* TO " + USER + "@'127.0.0.1' WITH GRANT OPTION");
        }
    }

    /** The user comes with the rest. Returns when what the primary has is here. */
    private void follow(PrivateMariaDb primary) {
        sql(
                "",
                "CHANGE MASTER TO master_host='127.0.0.1', master_port=" + primary.port() + ", master_user='" + USER
                        + "', master_password='" + PASSWORD
                        + "', master_use_gtid=slave_pos, master_connect_retry=1, master_heartbeat_period=1; START REPLICA");
        String position = primary.sql("", "SELECT @@global.gtid_binlog_pos");
        String reached = sql("", "SELECT master_gtid_wait('" + position + "', 60)");
        if (!reached.equals("0")) {
            throw new IllegalStateException(
                    "the replica does not reach " + position + ": " + sql("", "SHOW REPLICA STATUS"));
        }
    }

    /** Stops its process where it is: it takes connections and says nothing. */
    public void freeze() {
        running().signal("STOP");
    }

    /** It goes on. */
    public void thaw() {
        running().signal("CONT");
    }

    private ServerProcess running() {
        if (server == null) {
            throw new IllegalStateException("MariaDB does not run");
        }
        return server;
    }

    private void initialize(ScratchFolder folder, Path data) {
        if (isRoot()) {
            own(folder.path());
        }
        List<String> install = new ArrayList<>(List.of(
                program("/usr/bin/mariadb-install-db").toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--auth-root-authentication-method=normal",
                "--skip-test-db"));
        if (isRoot()) {
            install.add("--user=mysql");
        }
        run(folder, "mariadb-install-db", install);
    }

    /** The port of the running server; the same after a restart. */
    public int port() {
        if (port == 0) {
            port = FreePorts.next();
        }
        return port;
    }

    /** Makes an empty database and gives its address as a store address. */
    public String createDatabase(String name) {
        sql("", "CREATE DATABASE " + name);
        return url(name);
    }

    /** The address of a database as a store address. */
    public String url(String database) {
        return "mariadb://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port() + "/" + database + "?sslMode=disable";
    }

    /**
     * Runs commands as the superuser, with the client {@code mariadb}, and gives what it printed: columns by tabs, no headings.
     *
     * @param database the database to run them in; empty: none
     */
    public String sql(String database, String commands) {
        List<String> client = new ArrayList<>(List.of(
                program("/usr/bin/mariadb").toString(),
                "--no-defaults",
                "--socket=" + socket(),
                "--user=root",
                "--batch",
                "--skip-column-names",
                "--default-character-set=utf8mb4",
                "--execute=" + commands));
        if (!database.isEmpty()) {
            client.add(database);
        }
        return run(folder(), "mariadb", client);
    }

    @Override
    public void stop() {
        ServerProcess running = server;
        if (running != null) {
            running.terminate(STOP_LIMIT);
        }
        server = null;
    }

    @Override
    public void kill() {
        ServerProcess running = server;
        if (running != null) {
            running.kill();
        }
        server = null;
    }

    @Override
    public boolean isRunning() {
        return server != null && server.isAlive();
    }

    /** The process of the running server, for tests that freeze it. */
    public long pid() {
        return running().pid();
    }

    @Override
    public void close() {
        kill();
        if (scratch != null) {
            scratch.delete();
            scratch = null;
        }
    }

    private Path socket() {
        return folder().file("s");
    }

    private ScratchFolder folder() {
        if (scratch == null) {
            scratch = ScratchFolder.create("mariadb");
        }
        return scratch;
    }

    private static Path program(String path) {
        return DebianPackage.program(PACKAGE, Path.of(path));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void own(Path path) {
        try {
            UserPrincipalLookupService users = path.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(path, users.lookupPrincipalByName("mysql"));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot give " + path + " to the user mysql; is " + PACKAGE + " installed (apt-get install "
                            + PACKAGE + ")?",
                    e);
        }
    }

    private static String run(ScratchFolder folder, String what, List<String> command) {
        Path output = folder.file(what + "-" + System.nanoTime() + ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .directory(folder.path().toFile())
                    .start();
            boolean ended = process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            String text = Files.readString(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(what + " failed: " + text);
            }
            Files.delete(output);
            return text.strip();
        } catch (IOException e) {
            throw new IllegalStateException(what + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
