// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL cluster (Debian's {@code postgresql-15}) of its own, with durable commits as in production. It listens on the
 * loopback address only. User {@value #USER} with password {@value #PASSWORD} owns it. The server refuses to run as root, so
 * under root everything runs as the system's user {@code postgres}.
 *
 * <p>Passwords are checked by MD5: SCRAM spends milliseconds of a processor on each of thousands of connections.
 * {@link #withScram} checks them as production does.
 */
public final class PrivatePostgres extends OwnProcess {
    /** The superuser of the cluster. */
    public static final String USER = "nephometer";

    /** Its password. */
    public static final String PASSWORD = "private";

    private static final String PACKAGE = "postgresql-15";
    private static final SystemUser OWNER = new SystemUser("postgres", "postgres", PACKAGE);

    private final List<String> settings;
    private final String authentication;
    private final @Nullable PrivatePostgres followed;
    private final OwnPort port = new OwnPort();

    /** A cluster with PostgreSQL's own settings. */
    public PrivatePostgres() {
        this(List.of());
    }

    /** A cluster with more settings, such as {@code max_connections=20}. */
    public PrivatePostgres(List<String> settings) {
        this(settings, "md5", null);
    }

    private PrivatePostgres(List<String> settings, String authentication, @Nullable PrivatePostgres followed) {
        super("PostgreSQL", "postgres");
        this.settings = List.copyOf(settings);
        this.authentication = authentication;
        this.followed = followed;
    }

    /** A cluster that checks passwords by SCRAM, with PostgreSQL's own settings. */
    public static PrivatePostgres withScram() {
        return new PrivatePostgres(List.of(), "scram-sha-256", null);
    }

    /** A hot standby of this cluster, which has to run when the standby is started first: it begins with a copy of its data. */
    public PrivatePostgres standby() {
        return new PrivatePostgres(settings, authentication, this);
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        Path data = folder().file("data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            if (followed == null) {
                initialize(data);
            } else {
                copy(followed, data);
            }
        }
        List<String> command = new ArrayList<>(List.of(
                program("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port()),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        launch(Map.of(), "PG", OWNER.runs(command));
        awaitReady(() -> sql("postgres", "SELECT 1"));
    }

    @Override
    void prepare(ScratchFolder fresh) {
        OWNER.own(fresh.path());
    }

    private void initialize(Path data) {
        Path password = folder().write("password", PASSWORD + "\n");
        OWNER.own(password);
        Tool.run(
                folder(),
                OWNER.runs(List.of(
                        program("initdb").toString(),
                        "-D",
                        data.toString(),
                        "-U",
                        USER,
                        "--pwfile=" + password,
                        "--auth=" + authentication,
                        "--encoding=UTF8",
                        "--locale=C.UTF-8")));
    }

    private void copy(PrivatePostgres primary, Path data) {
        Tool.run(
                folder(),
                OWNER.runs(List.of(
                        program("pg_basebackup").toString(),
                        "-d",
                        "host=127.0.0.1 port=" + primary.port() + " user=" + USER + " password=" + PASSWORD,
                        "-D",
                        data.toString(),
                        "-R",
                        "-X",
                        "stream",
                        "-c",
                        "fast",
                        "--no-sync")));
    }

    /** Stops all its processes where they are: it takes connections and says nothing. */
    public void freeze() {
        running().signalTree("STOP");
    }

    /** They go on. */
    public void thaw() {
        running().signalTree("CONT");
    }

    /** The port of the running cluster; the same after a restart. */
    public int port() {
        return port.number();
    }

    /** Makes an empty database and gives its address as a store address. */
    public String createDatabase(String name) {
        sql("postgres", "CREATE DATABASE " + name);
        return url(name);
    }

    /** The address of a database as a store address. */
    public String url(String database) {
        return "postgresql://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port() + "/" + database;
    }

    /** Runs one command in a database as the superuser, with {@code psql}, and gives what it printed: columns by tabs. */
    public String sql(String database, String command) {
        List<String> psql = List.of(
                program("psql").toString(),
                "-X",
                "-A",
                "-t",
                "-F\t",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                command,
                "host=127.0.0.1 port=" + port() + " user=" + USER + " password=" + PASSWORD + " dbname=" + database);
        return Tool.run(folder(), psql);
    }

    /** "fast": ends sessions and writes a checkpoint. A plain signal would not pass through setpriv's exec unharmed. */
    @Override
    public void stop() {
        if (isRunning()) {
            Tool.run(
                    folder(),
                    OWNER.runs(List.of(
                            program("pg_ctl").toString(),
                            "-D",
                            folder().file("data").toString(),
                            "-m",
                            "fast",
                            "-w",
                            "stop")));
        }
        super.stop();
    }

    private static Path program(String name) {
        return DebianPackage.program(PACKAGE, Path.of("/usr/lib/postgresql"), "1[3-9]", "bin/" + name);
    }
}
