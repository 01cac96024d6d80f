// SPDX-License-Identifier: Apache-2.0
/** One cache of instances, flavors and images for the agents of a whole cloud: the seam, and what every engine of it has in common. */
@NullMarked
package io.nephometer.inventory.shared;

import org.jspecify.annotations.NullMarked;
