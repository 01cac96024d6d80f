// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One MariaDB server (Debian's {@code mariadb-server}) of its own, with durable commits as in production and without TLS. It
 * listens on the loopback address only. User {@value #USER} with password {@value #PASSWORD} may do everything on it. The server
 * refuses to run as root, so under root it runs as the system's user {@code mysql}.
 */
public final class PrivateMariaDb extends OwnProcess {
    /** A user with all rights. */
    public static final String USER = "nephometer";

    /** Its password. */
    public static final String PASSWORD = "private";

    private static final String PACKAGE = "mariadb-server";
    private static final String CLOCK_PACKAGE = "libfaketime";
    private static final String CLOCK_LIBRARY = "faketime/libfaketimeMT.so.1";
    private static final Duration CLOCK_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOCK_PRECISION = Duration.ofSeconds(10);

    private static final SystemUser OWNER = new SystemUser("mysql", "mysql", PACKAGE);

    private final List<String> settings;
    private final @Nullable PrivateMariaDb followed;
    private final boolean ownClock;
    private final OwnPort port = new OwnPort();
    private int replicas;

    /** A server with MariaDB's own settings. */
    public PrivateMariaDb() {
        this(List.of());
    }

    /** A server with more settings, such as {@code max-connections=20}. */
    public PrivateMariaDb(List<String> settings) {
        this(settings, null, false);
    }

    private PrivateMariaDb(List<String> settings, @Nullable PrivateMariaDb followed, boolean ownClock) {
        super("MariaDB", "mariadb");
        this.settings = List.copyOf(settings);
        this.followed = followed;
        this.ownClock = ownClock;
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
                List.of("log-bin=bin", "server-id=" + (2 + replicas++), "gtid-strict-mode=1", "read-only=1"),
                this,
                false);
    }

    /** The same server, not started yet, with a wall clock that can be set (Debian's {@code libfaketime}); its intervals stay as they are. */
    public PrivateMariaDb withOwnClock() {
        return new PrivateMariaDb(settings, followed, true);
    }

    /**
     * Sets the clock of a running server that has one of its own, and returns when it shows that.
     *
     * @param ahead of the machine's clock, whole seconds; negative: behind it
     */
    public void setClock(Duration ahead) {
        writeClock(ahead);
        running().awaitReady(CLOCK_LIMIT, () -> {
            Duration shown = Duration.between(Instant.now(), now());
            if (shown.minus(ahead).abs().compareTo(CLOCK_PRECISION) > 0) {
                throw new IllegalStateException("its clock is " + shown + " ahead");
            }
        });
    }

    private void writeClock(Duration ahead) {
        try {
            Files.writeString(clock(), "%+d".formatted(ahead.toSeconds()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(Long.parseLong(sql("", "SELECT floor(unix_timestamp(sysdate(6)) * 1000)")));
    }

    private Path clock() {
        return folder().file("clock");
    }

    private Map<String, String> environment() {
        if (!ownClock) {
            return Map.of();
        }
        writeClock(Duration.ZERO);
        Path library = DebianPackage.library(CLOCK_PACKAGE, Path.of("/usr/lib"), "*-linux-gnu*", CLOCK_LIBRARY);
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock().toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1");
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        Path data = folder().file("data");
        boolean fresh = !Files.exists(data.resolve("mysql"));
        if (fresh) {
            initialize(data);
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
        launch(environment(), "MYSQL", asOwner(command));
        awaitReady(() -> sql("", "SELECT 1"));
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

    @Override
    void prepare(ScratchFolder fresh) {
        OWNER.own(fresh.path());
    }

    private void initialize(Path data) {
        Tool.run(
                folder(),
                asOwner(List.of(
                        program("/usr/bin/mariadb-install-db").toString(),
                        "--no-defaults",
                        "--datadir=" + data,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db")));
    }

    /** Its programs become the user by themselves. */
    private static List<String> asOwner(List<String> command) {
        List<String> whole = new ArrayList<>(command);
        if (OWNER.isNeeded()) {
            whole.add("--user=" + OWNER.name());
        }
        return whole;
    }

    /** The port of the running server; the same after a restart. */
    public int port() {
        return port.number();
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
        return Tool.run(folder(), client);
    }

    /** The process of the running server, for tests that freeze it. */
    public long pid() {
        return running().pid();
    }

    private Path socket() {
        return folder().file("s");
    }

    private static Path program(String path) {
        return DebianPackage.program(PACKAGE, Path.of(path));
    }
}
