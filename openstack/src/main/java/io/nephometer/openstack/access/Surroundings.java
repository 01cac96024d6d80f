// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a process finds credentials that were not written for it alone: what OpenStack's own command line reads.
 *
 * @param variables of the environment
 * @param folders where {@code clouds.yaml} and {@code secure.yaml} are looked for, the first that has one counts
 */
public record Surroundings(Map<String, String> variables, List<Path> folders) {
    private static final List<String> ENDINGS = List.of(".yaml", ".yml");

    public Surroundings {
        variables = Map.copyOf(variables);
        folders = List.copyOf(folders);
    }

    /** The usual folders: the working folder, the user's configuration, the machine's. */
    public static Surroundings of(Map<String, String> variables, Path workingFolder, Path home) {
        String configured = variables.getOrDefault("XDG_CONFIG_HOME", "");
        Path user = configured.isEmpty() ? home.resolve(".config") : Path.of(configured);
        return new Surroundings(
                variables, List.of(workingFolder, user.resolve("openstack"), Path.of("/etc/openstack")));
    }

    /**
     * A cloud of {@code clouds.yaml}.
     *
     * @param file null to look for it: {@code OS_CLIENT_CONFIG_FILE}, else in the folders
     * @throws ConfigException with everything that is wrong, by file and key
     */
    public CloudAccess cloud(String name, @Nullable Path file) throws ConfigException {
        Path clouds = file == null ? cloudsFile(name) : file;
        List<Path> beside = new ArrayList<>(folders);
        Path parent = clouds.toAbsolutePath().getParent();
        if (parent != null) {
            beside.addFirst(parent);
        }
        Path secure = variable("OS_CLIENT_SECURE_FILE")
                .map(Path::of)
                .or(() -> find(beside, "secure"))
                .orElse(null);
        return AccessReader.read(new CloudsFile(clouds, secure).cloud(name));
    }

    /** What the variables {@code OS_…} say: a cloud's name, else everything one by one. */
    public CloudAccess environment() throws ConfigException {
        Optional<String> cloud = variable("OS_CLOUD");
        return cloud.isPresent() ? cloud(cloud.get(), null) : AccessReader.read(new EnvironmentText(variables));
    }

    /** Whether the variables {@code OS_…} say anything. */
    public boolean isInEnvironment() {
        return variable("OS_CLOUD").isPresent() || variable("OS_AUTH_URL").isPresent();
    }

    private Path cloudsFile(String cloud) throws ConfigException {
        Optional<Path> found = variable("OS_CLIENT_CONFIG_FILE").map(Path::of).or(() -> find(folders, "clouds"));
        if (found.isEmpty()) {
            throw new ConfigException(List.of(new Problem(
                    new Origin("clouds.yaml", 0),
                    "clouds." + cloud,
                    "",
                    "there is no such file in any of " + folders + "; OS_CLIENT_CONFIG_FILE can name one")));
        }
        return found.get();
    }

    private static Optional<Path> find(List<Path> folders, String name) {
        return folders.stream()
                .flatMap(folder -> ENDINGS.stream().map(ending -> folder.resolve(name + ending)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** Without the variables, of which some are secret. */
    @Override
    public String toString() {
        return "Surroundings" + folders;
    }
}
