// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of one resource, before it is a sample.
 *
 * @param resourceId the instance, or one of its disks or interfaces
 * @param volume a Long or a finite Double; null if the hypervisor does not say
 * @param extras metadata beyond those of the instance
 */
record Reading(String resourceId, @Nullable Number volume, Map<String, @Nullable Object> extras) {
    Reading withVolume(Number other) {
        return new Reading(resourceId, other, extras);
    }
}
