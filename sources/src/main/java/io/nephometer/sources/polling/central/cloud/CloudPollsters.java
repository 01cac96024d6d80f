// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.sources.polling.central.CentralPollster;
import io.nephometer.sources.polling.central.Discovery;
import java.util.ArrayList;
import java.util.List;

/** Every pollster of a cloud's APIs that is shipped, with its discoveries. */
public final class CloudPollsters {
    private CloudPollsters() {}

    /** All pollsters. */
    public static List<CentralPollster> pollsters(OpenStackCloud cloud, CloudOptions options) {
        List<CentralPollster> all = new ArrayList<>(ImageMeters.all());
        all.addAll(VolumeMeters.all());
        all.addAll(PoolMeters.all());
        all.addAll(NetworkMeters.all());
        all.addAll(StorageMeters.all(cloud.swift(options.resellerPrefix())));
        return List.copyOf(all);
    }

    /** All discoveries. */
    public static List<Discovery> discoveries(OpenStackCloud cloud, CloudOptions options) {
        return CloudDiscovery.all(cloud, options);
    }
}
