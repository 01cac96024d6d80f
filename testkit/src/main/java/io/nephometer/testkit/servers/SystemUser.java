// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who runs a server that refuses to run as root, if we are root; if we are not, we run it ourselves and nothing is changed.
 *
 * @param name as in {@code /etc/passwd}
 * @param group its group, as in {@code /etc/group}
 * @param debianPackage what makes the user when it is installed
 */
record SystemUser(String name, String group, String debianPackage) {
    /** Whether it has to be used. */
    boolean isNeeded() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The command, run by this user. setpriv becomes the program, so that the process we know is the server itself. */
    List<String> runs(List<String> command) {
        if (!isNeeded()) {
            return command;
        }
        List<String> whole =
                new ArrayList<>(List.of("setpriv", "--reuid=" + name, "--regid=" + group, "--clear-groups", "--"));
        whole.addAll(command);
        return whole;
    }

    /** Gives a file or folder to this user. */
    void own(Path path) {
        if (!isNeeded()) {
            return;
        }
        try {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot give " + path + " to the user " + name + "; is " + debianPackage
                            + " installed (apt-get install " + debianPackage + ")?",
                    e);
        }
    }
}
