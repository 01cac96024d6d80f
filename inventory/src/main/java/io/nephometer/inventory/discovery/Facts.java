// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.openstack.nova.Flavor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an instance, whoever told it. What nobody told is null or empty.
 *
 * @param flavorId also known where the flavor is not
 * @param status as Nova's API shows it, in lower case: {@code active}
 * @param state Nova's state, or that of the domain if the hypervisor alone decides
 * @param taskState null if there is no task; empty if nobody told
 * @param imageMeta what is said of the image, as texts
 * @param user metadata that the user gave
 */
record Facts(
        String id,
        @Nullable String displayName,
        @Nullable String domainName,
        @Nullable String hostId,
        @Nullable String host,
        @Nullable String flavorId,
        @Nullable Flavor flavor,
        String status,
        @Nullable String state,
        @Nullable String taskState,
        @Nullable String imageId,
        @Nullable String imageName,
        Map<String, String> imageMeta,
        @Nullable String reservationId,
        @Nullable String architecture,
        @Nullable String availabilityZone,
        @Nullable String kernelId,
        @Nullable String osType,
        @Nullable String ramdiskId,
        Map<String, String> user) {}
