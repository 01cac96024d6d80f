// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.app.compute.CloudLogin;
import io.nephometer.app.compute.PollingFile;
import io.nephometer.app.config.CentralConfig;
import io.nephometer.app.config.OpenStackConfig;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;

/**
 * What central polling needs beyond sections that are right by themselves. Asks nobody.
 *
 * @param file the configuration file, for messages
 */
public record CentralNeeds(String file) {
    /**
     * Checks them.
     *
     * @throws ConfigException with what is missing or cannot be read
     * @throws PollingDefinitionException if polling.yaml is faulty
     */
    public void check(OpenStackConfig openstack, CentralConfig config)
            throws ConfigException, PollingDefinitionException {
        CloudLogin.access(openstack, file);
        PollingFile.read(config.polling(), CentralPollingAssembly.POLLING, PollingDefinition::shippedCentral);
        CentralPollingAssembly.definitions(config);
    }
}
