// SPDX-License-Identifier: Apache-2.0
/** Images, read from Glance. */
@NullMarked
package io.nephometer.openstack.glance;

import org.jspecify.annotations.NullMarked;
