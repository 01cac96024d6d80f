// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

/** Takes a fact. */
@FunctionalInterface
interface Finding {
    /**
     * Takes it.
     *
     * @param project empty if it is nobody's
     */
    void put(String meter, String resource, double volume, String project);
}
