// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

/**
 * How a cloud's APIs are polled.
 *
 * @param ignoreDisabledProjects whether disabled projects are not measured: Ceilometer's {@code ignore_disabled_projects}
 * @param resellerPrefix what Swift puts before a project in the name of its account: Ceilometer's {@code reseller_prefix}
 */
public record CloudOptions(boolean ignoreDisabledProjects, String resellerPrefix) {
    /** All projects, and what Swift uses unless it is told otherwise. */
    public static CloudOptions usual() {
        return new CloudOptions(false, "AUTH_");
    }
}
