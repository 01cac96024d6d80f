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
 * One PostgreSQL cluster (Debian's {@code postgresql-15}) of its own, with durable commits as in production. It listens on the
 * loopback address only. User {@value #USER} with password {@value #PASSWORD} owns it. The server refuses to run as root, so
 * under root everything runs as the system's user {@code postgres}.
 */
public final class PrivatePostgres implements PrivateServer {
    /** The superuser of the cluster. */
    public static final String USER = "nephometer";

    /** Its password. */
    public static final String PASSWORD = "private";

    private static final String PACKAGE = "postgresql-15";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final List<String> settings;
    private final @Nullable PrivatePostgres followed;
    private int port;
    private @Nullable ScratchFolder scratch;
    private @Nullable ServerProcess server;

    /** A cluster with PostgreSQL's own settings. */
    public PrivatePostgres() {
        this(List.of());
    }

    /** A cluster with more settings, such as {@code max_connections=20}. */
    public PrivatePostgres(List<String> settings) {
        this(settings, null);
    }

    private PrivatePostgres(List<String> settings, @Nullable PrivatePostgres followed) {
        this.settings = List.copyOf(settings);
        this.followed = followed;
    }

    /** A hot standby of this cluster, which has to run when the standby is started first: it begins with a copy of its data. */
    public PrivatePostgres standby() {
        return new PrivatePostgres(settings, this);
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        ScratchFolder folder = folder();
        Path data = folder.file("data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            if (followed == null) {
                initialize(folder, data);
            } else {
                copy(folder, data, followed);
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
        ServerProcess started =
                ServerProcess.start("PostgreSQL", folder.file("postgres.out"), Map.of(), "PG", asOwner(command));
        server = started;
        started.awaitReady(START_LIMIT, () -> sql("postgres", "SELECT 1"));
    }

    private void initialize(ScratchFolder folder, Path data) {
        Path password = folder.write("password", PASSWORD + "\n");
        if (isRoot()) {
            own(folder.path());
            own(password);
        }
        run(
                folder,
                "initdb",
                asOwner(List.of(
                        program("initdb").toString(),
                        "-D",
                        data.toString(),
                        "-U",
                        USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8")));
    }

    private static void copy(ScratchFolder folder, Path data, PrivatePostgres primary) {
        if (isRoot()) {
            own(folder.path());
        }
        run(
                folder,
                "pg_basebackup",
                asOwner(List.of(
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

    private ServerProcess running() {
        if (server == null) {
            throw new IllegalStateException("PostgreSQL does not run");
        }
        return server;
    }

    /** The port of the running cluster; the same after a restart. */
    public int port() {
        if (port == 0) {
            port = FreePorts.next();
        }
        return port;
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
        return run(folder(), "psql", psql);
    }

    @Override
    public void stop() {
        ServerProcess running = server;
        if (running != null && running.isAlive()) {
            // "fast": ends sessions and writes a checkpoint. A plain signal would not pass through setpriv's exec
            // unharmed.
            run(
                    folder(),
                    "pg_ctl stop",
                    asOwner(List.of(
                            program("pg_ctl").toString(),
                            "-D",
                            folder().file("data").toString(),
                            "-m",
                            "fast",
                            "-w",
                            "stop")));
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

    @Override
    public void close() {
        kill();
        if (scratch != null) {
            scratch.delete();
            scratch = null;
        }
    }

    private ScratchFolder folder() {
        if (scratch == null) {
            scratch = ScratchFolder.create("postgres");
        }
        return scratch;
    }

    private static Path program(String name) {
        return DebianPackage.program(PACKAGE, Path.of("/usr/lib/postgresql"), "1[3-9]", "bin/" + name);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** setpriv becomes the program, so that the process we know is the server itself. */
    private static List<String> asOwner(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        List<String> whole =
                new ArrayList<>(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
        whole.addAll(command);
        return whole;
    }

    private static void own(Path path) {
        try {
            UserPrincipalLookupService users = path.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(path, users.lookupPrincipalByName("postgres"));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot give " + path + " to the user postgres; is " + PACKAGE + " installed (apt-get install "
                            + PACKAGE + ")?",
                    e);
        }
    }

    private static String run(ScratchFolder folder, String what, List<String> command) {
        Path output = folder.file(what.replace(' ', '-') + "-" + System.nanoTime() + ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
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
