// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.app.config.ComputeConfig;
import io.nephometer.app.config.OpenStackConfig;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the role compute needs beyond sections that are right by themselves. Asks nobody.
 *
 * @param file the configuration file, for messages
 * @param ledgerHere whether this process has a ledger that takes samples
 * @param sharedCache whether metadata may come from a shared cache, so that no log-in is needed
 */
public record ComputeNeeds(String file, boolean ledgerHere, boolean sharedCache) {
    /**
     * Checks them.
     *
     * @throws ConfigException with everything that is missing
     * @throws PollingDefinitionException if polling.yaml is faulty
     */
    public void check(OpenStackConfig openstack, @Nullable ComputeConfig config)
            throws ConfigException, PollingDefinitionException {
        if (config == null) {
            throw new ConfigException(List.of(
                    problem("compute", "the role compute needs this section, be it with defaults alone: compute: {}")));
        }
        List<Problem> problems = new ArrayList<>();
        if (config.publish() == null && !ledgerHere) {
            problems.add(
                    problem(
                            "compute.publish",
                            "an agent without a collector in its process publishes its samples: name a broker as compute.publish.url"));
        }
        if (!sharedCache || CloudLogin.isGiven(openstack)) {
            try {
                CloudLogin.access(openstack, file);
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        PollingFile.read(config.polling(), PollingFile.COMPUTE, PollingDefinition::shipped);
    }

    private Problem problem(String key, String expected) {
        return new Problem(new Origin(file, 0), key, "", expected);
    }
}
