// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The name of this machine: as its kernel has it, which needs no resolver, else as the resolver says. */
final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static Optional<String> find() {
        return of(KERNEL).or(HostName::resolved);
    }

    /** What a file says; nothing if it is not there or empty, or if nobody named the machine. */
    static Optional<String> of(Path file) {
        try {
            return Optional.of(Files.readString(file).strip())
                    .filter(name -> !name.isEmpty() && !name.equals("(none)") && !name.equals("localhost"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> resolved() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
