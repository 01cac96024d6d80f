// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.app.compute.CloudLogin;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.SharedCacheConfig;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.runtime.config.ConfigException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer cache adopt}. */
@Command(
        name = "adopt",
        description =
                "Say that the cloud whose instances the shared cache holds is known by another name now, because Nova's public"
                        + " endpoint got one. Keystone is asked for the name. What is held stays, and processes that run go on without"
                        + " a restart. Nothing is changed if the cache is not that of --from.")
final class CacheAdoptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration of a process that refreshes the cache: shared_cache and openstack.")
    private Path file = Path.of("nephometer.yaml");

    @Option(
            names = "--from",
            required = true,
            paramLabel = "CLOUD",
            description = "Whose the cache is so far, as cache show tells it: nova.example.org:8774 in RegionOne.")
    private String from = "";

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        Configuration config = ConfigurationFile.read(file).value();
        SharedCacheConfig redis = config.sharedCache();
        if (redis == null) {
            throw CommandFailure.usage(file + " names no shared cache: there is no section shared_cache", null);
        }
        spec.commandLine().getOut().println(adopt(redis, name(config)));
        return ExitCode.DONE;
    }

    private static String name(Configuration config) throws CommandFailure, ConfigException {
        try (OpenStackCloud cloud = new CloudLogin(config.openstack(), new SimpleMeterRegistry()).open()) {
            return cloud.nova().identity();
        } catch (ApiException e) {
            throw CommandFailure.failed(
                    "Keystone does not tell the cloud's name, nothing was changed: " + e.getMessage(), e);
        }
    }

    private String adopt(SharedCacheConfig redis, String name) throws CommandFailure {
        @Nullable String held;
        try (RedisSharedCache cache = new RedisSharedCache(redis.options())) {
            held = cache.adopt(from, name).orElse(null);
        } catch (SharedCacheException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
        String space = "the space " + redis.space();
        if (held == null) {
            throw CommandFailure.failed(
                    space + " is nobody's yet: the first process that refreshes it writes down whose it is", null);
        }
        if (held.equals(name)) {
            return space + " is that of " + name + " already";
        }
        if (!held.equals(from)) {
            throw CommandFailure.failed(
                    space + " is that of " + held + " and not of " + from + ", nothing was changed", null);
        }
        return space + ", which was that of " + from + ", is that of " + name + " now";
    }
}
