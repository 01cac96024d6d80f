// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One {@code libvirtd} (Debian's {@code libvirt-daemon} with its QEMU driver) as an ordinary user's, with its sockets, settings and
 * guests in a folder of its own; under root everything runs as the system's user {@code nobody}. No network is set up, and
 * what the system's libvirt has is not seen. Guests are emulated, so no hardware is needed. It logs every call of its API.
 */
public final class PrivateLibvirt extends OwnProcess {
    private static final String PACKAGE = "libvirt-daemon libvirt-daemon-driver-qemu libvirt-clients qemu-system-x86";
    private static final Path DAEMON = Path.of("/usr/sbin/libvirtd");
    private static final Path CLIENT = Path.of("/usr/bin/virsh");
    private static final Path EMULATOR = Path.of("/usr/bin/qemu-system-x86_64");
    /** Guests' sockets are below it, whose paths may have 107 characters. */
    private static final String SETTINGS = "c";

    private static final SystemUser OWNER = new SystemUser("nobody", "nogroup", "base-passwd");
    private static final Duration GUEST_LIMIT = Duration.ofSeconds(30);

    private @Nullable Thread endOfGuests;

    /** Nothing is started yet. */
    public PrivateLibvirt() {
        super("libvirtd", "lv");
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        DebianPackage.program(PACKAGE, CLIENT);
        DebianPackage.program(PACKAGE, EMULATOR);
        ScratchFolder folder = folder();
        List<String> command = OWNER.runs(List.of(
                DebianPackage.program(PACKAGE, DAEMON).toString(),
                "--config",
                folder.file(SETTINGS + "/libvirt/libvirtd.conf").toString()));
        launch(environment(folder), "XDG_", command);
        awaitReady(() -> virsh("list"));
    }

    /** The URI of its QEMU driver; valid before the start and across restarts. */
    public String uri() {
        return uri("qemu", "/session");
    }

    /** The URI of another driver of the same process: {@code test}, and the path of a file that describes its domains. */
    public String uri(String driver, String path) {
        return driver + "+unix://" + path + "?socket=" + folder().file("runtime/libvirt/libvirt-sock");
    }

    /** Runs {@code virsh} on the QEMU driver, and gives what it printed. */
    public String virsh(String... arguments) {
        List<String> command = new ArrayList<>(List.of(CLIENT.toString(), "--quiet", "--connect", uri()));
        command.addAll(List.of(arguments));
        return Tool.run(folder(), command);
    }

    /** Starts a guest that is gone once it stops; {@code xml} describes it. */
    public void create(String name, String xml) {
        virsh("create", write(name + ".xml", xml).toString());
    }

    /** Writes a file that the server and its guests may read and write. */
    public Path write(String name, String content) {
        Path file = folder().write(name, content);
        OWNER.own(file);
        return file;
    }

    /** Makes a disk without content. */
    public Path disk(String name, int bytes) {
        return write(name, "\0".repeat(bytes));
    }

    /** How often a function of libvirt's API was called since the first start, by whomever, as libvirt's own log says. */
    public long calls(String function) {
        Path log = folder().file("libvirtd.log");
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(" : " + function + ":")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps its process from running, as if it hung; its sockets stay. */
    public void pause() {
        running().signal("STOP");
    }

    /** Lets its process run again. */
    public void resume() {
        running().signal("CONT");
    }

    /** Keeps a guest's process from running, so that libvirt waits for its answers. */
    public void pauseGuest(String name) {
        ServerProcess.signal("STOP", guest(name));
    }

    /** Lets a guest's process run again. */
    public void resumeGuest(String name) {
        ServerProcess.signal("CONT", guest(name));
    }

    @Override
    void clear(ScratchFolder left) {
        killGuests(left);
        if (endOfGuests != null) {
            Runtime.getRuntime().removeShutdownHook(endOfGuests);
            endOfGuests = null;
        }
    }

    @Override
    void prepare(ScratchFolder folder) {
        OWNER.own(folder.path());
        for (String part : List.of("runtime", SETTINGS, SETTINGS + "/libvirt", "cache", "home")) {
            OWNER.own(folder.folder(part));
        }
        OWNER.own(folder.write(SETTINGS + "/libvirt/libvirtd.conf", """
                auth_unix_rw = "none"
                log_filters = "1:libvirt"
                log_outputs = "1:file:%s"
                """.formatted(folder.file("libvirtd.log"))));
        OWNER.own(folder.write(SETTINGS + "/libvirt/qemu.conf", """
                stdio_handler = "file"
                security_driver = "none"
                cgroup_controllers = [ ]
                namespaces = [ ]
                remember_owner = 0
                """));
        Thread hook = new Thread(() -> killGuests(folder), "end guests of libvirt");
        Runtime.getRuntime().addShutdownHook(hook);
        endOfGuests = hook;
    }

    private static Map<String, String> environment(ScratchFolder folder) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", folder.file("home").toString());
        environment.put("XDG_RUNTIME_DIR", folder.file("runtime").toString());
        environment.put("XDG_CONFIG_HOME", folder.file(SETTINGS).toString());
        environment.put("XDG_CACHE_HOME", folder.file("cache").toString());
        return environment;
    }

    /** Guests outlive libvirtd, so that a restart of it does not end them. */
    private static void killGuests(ScratchFolder folder) {
        Path run = folder.file("runtime/libvirt/qemu/run");
        if (!Files.isDirectory(run)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(run, "*.pid")) {
            for (Path file : files) {
                long pid = pid(file);
                if (Files.isReadable(commandLine(pid))
                        && Files.readString(commandLine(pid), StandardCharsets.ISO_8859_1)
                                .contains(folder.path().toString())) {
                    ProcessHandle.of(pid).ifPresent(PrivateLibvirt::killAndWait);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void killAndWait(ProcessHandle guest) {
        guest.destroyForcibly();
        guest.onExit()
                .completeOnTimeout(guest, GUEST_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static Path commandLine(long pid) {
        return Path.of("/proc", Long.toString(pid), "cmdline");
    }

    private long guest(String name) {
        return pid(folder().file("runtime/libvirt/qemu/run/" + name + ".pid"));
    }

    private static long pid(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
