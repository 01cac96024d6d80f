// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.ByteSize;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Polling of the cloud's public APIs, by any number of processes. */
public record CentralConfig(
        @Doc("What this process is called among the others; must be unlike theirs, and stay over restarts."
                + " Not set: the name of this machine.")
        @Example("central-1")
        @Nullable String name,

        @Doc("The polling.yaml that says what is measured how often; the same on every central agent."
                + " Not set: what is shipped, each 600 s and storage each 1,800 s.")
        @Example("/etc/nephometer/polling.yaml")
        @Nullable Path polling,

        @Doc("Folders with definitions of dynamic pollsters (*.yaml), beside those that are shipped."
                + " Of two with one name the first counts, shipped ones first.")
        @Default("[]")
        List<Path> pollsters,

        @Doc("Whether projects that are disabled, or of a disabled domain, are not measured.") @Default("false")
        boolean ignoreDisabledProjects,

        @Doc(
                "Whether samples are told what their project and user are called, in the metadata project_name and user_name."
                        + " Each process lists both in Keystone once an hour then.")
        @Default("false")
        boolean identityNameDiscovery,

        @Doc("What Swift puts before the id of a project in the name of its account.") @Default("AUTH_")
        String resellerPrefix,

        @Doc("How long a member that is not heard of counts as live. Its work is taken over after that time.")
        @Default("10s")
        @Between(min = "1s", max = "5m")
        Duration lease,

        @Doc("An etcd in which members know one another. Not set: the ledger's database.") @Nullable EtcdConfig etcd,

        @Doc("How many units of work are measured at once.") @Default("8") @Between(min = "1", max = "256")
        int atOnce,

        @Doc("Where measurements wait on disk while the ledger does not take them; of this process alone.")
        @Default("/var/lib/nephometer/central-spool")
        Path spool,

        @Doc("Bytes that may wait there; beyond, the oldest are dropped and told.")
        @Default("200MB")
        @Between(min = "1MB", max = "100GB")
        ByteSize spoolMaxBytes) {
    public CentralConfig {
        pollsters = List.copyOf(pollsters);
        if (name != null && name.isBlank()) {
            throw new InvalidSetting("name", "expected a name, or none for that of this machine");
        }
    }
}
