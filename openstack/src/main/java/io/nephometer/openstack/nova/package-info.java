// SPDX-License-Identifier: Apache-2.0
/** Servers, flavors and hypervisors, read from Nova. */
@NullMarked
package io.nephometer.openstack.nova;

import org.jspecify.annotations.NullMarked;
