// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory;

import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import org.jspecify.annotations.Nullable;

/**
 * An instance with all that is known around it.
 *
 * @param flavor null if it could not be found out
 * @param image null if it boots from a volume, or the image is gone or could not be found out
 */
public record Instance(
        Server server, @Nullable Flavor flavor, @Nullable Image image) {}
