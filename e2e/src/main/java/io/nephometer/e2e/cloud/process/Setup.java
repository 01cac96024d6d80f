// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * With what the product is run.
 *
 * @param product the command that is {@code nephometer}
 * @param folder where everything is written
 * @param store the address of the ledger, with its password
 * @param openstack the section of the configuration that says which cloud
 */
public record Setup(List<String> product, Path folder, String store, String openstack) {
    public Setup {
        product = List.copyOf(product);
    }

    /**
     * Starts the product.
     *
     * @param name of its files in the folder
     * @param config all but where its metrics are
     * @param more arguments of {@code run}
     */
    public ProductProcess start(String name, String config, String... more) throws IOException {
        return ProductProcess.start(product, folder, name, config, List.of(more));
    }

    /** Not the ledger's password. */
    @Override
    public String toString() {
        return "Setup[" + folder + "]";
    }
}
