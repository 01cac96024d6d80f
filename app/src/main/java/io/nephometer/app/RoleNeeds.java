// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.app.audit.AuditAssembly;
import io.nephometer.app.central.CentralNeeds;
import io.nephometer.app.compute.ComputeNeeds;
import io.nephometer.app.config.CentralConfig;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.Role;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.nio.file.Path;
import java.util.Set;

/** Whether a configuration says what its roles need. Nobody is asked, and nothing is opened. */
public final class RoleNeeds {
    private RoleNeeds() {}

    /**
     * Checks the file for the roles.
     *
     * @throws ConfigException with what is missing, by file and key
     * @throws PollingDefinitionException if polling.yaml is faulty
     */
    public static void check(Path file, Configuration config, Set<Role> roles)
            throws ConfigException, PollingDefinitionException {
        boolean all = roles.contains(Role.ALL);
        if (roles.contains(Role.COMPUTE) || (all && config.compute() != null)) {
            boolean ledger = all || roles.contains(Role.COLLECTOR);
            boolean shared = config.inventory().globalResourceCache();
            new ComputeNeeds(file.toString(), ledger, shared).check(config.openstack(), config.compute());
        }
        if (roles.contains(Role.AUDIT) && config.audits() == null) {
            throw AuditAssembly.switchedOff();
        }
        CentralConfig central = config.central();
        if (central != null && (all || roles.contains(Role.CENTRAL))) {
            new CentralNeeds(file.toString()).check(config.openstack(), central);
        }
    }
}
