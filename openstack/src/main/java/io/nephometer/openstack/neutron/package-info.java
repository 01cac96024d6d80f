// SPDX-License-Identifier: Apache-2.0
/** Reading from Neutron's API v2.0. */
@NullMarked
package io.nephometer.openstack.neutron;

import org.jspecify.annotations.NullMarked;
