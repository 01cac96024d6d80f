// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.config.CentralConfig;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.EtcdConfig;
import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Presence;
import io.nephometer.coordination.etcd.EtcdCoordinator;
import io.nephometer.coordination.etcd.EtcdOptions;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.store.ledger.ClusterView.ClusterMember;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where members are that know one another by etcd: said by options, or by the configuration file. */
final class EtcdMembersOption {
    /** It answers within a third of this, or is said not to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Option(
            names = "--etcd",
            split = ",",
            paramLabel = "URL",
            description =
                    "Nodes of the etcd by which members know one another, if they do; --config knows it by itself.")
    private List<String> endpoints = List.of();

    @Option(
            names = "--etcd-prefix",
            paramLabel = "PREFIX",
            defaultValue = "/nephometer/",
            description = "What all keys there begin with; default: ${DEFAULT-VALUE}.")
    private String prefix = "";

    /** What of the file says how members know one another. */
    private record Part(CentralConfig central) {}

    /**
     * Those who are live there; empty if members do not know one another by etcd.
     *
     * @param file the configuration, if there is one
     * @throws CommandFailure if etcd does not answer
     */
    Optional<List<ClusterMember>> members(@Nullable Path file) throws CommandFailure, ConfigException {
        EtcdOptions options = options(file);
        return options == null ? Optional.empty() : Optional.of(live(options));
    }

    private @Nullable EtcdOptions options(@Nullable Path file) throws CommandFailure, ConfigException {
        if (!endpoints.isEmpty()) {
            try {
                return new EtcdOptions(
                        endpoints.stream().map(URI::create).toList(), prefix, null, TlsOptions.defaults());
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(e.getMessage(), e);
            }
        }
        if (file == null) {
            return null;
        }
        EtcdConfig etcd =
                ConfigurationFile.readPart(file, Part.class).value().central().etcd();
        return etcd == null ? null : etcd.options();
    }

    private static List<ClusterMember> live(EtcdOptions options) throws CommandFailure {
        try (EtcdCoordinator etcd = new EtcdCoordinator(options, PATIENCE, Ticker.system())) {
            return etcd.members().live().stream().map(EtcdMembersOption::shown).toList();
        } catch (CoordinationException e) {
            throw CommandFailure.failed(
                    "who is live cannot be told: " + e.getMessage()
                            + ". What the ledger knows of units and slots is shown by --store URL without --etcd",
                    e);
        }
    }

    /** It drops who is gone, and knows no times. */
    private static ClusterMember shown(Presence presence) {
        Member member = presence.member();
        return new ClusterMember(member.name(), member.incarnation(), List.copyOf(member.groups()), null, null, true);
    }
}
