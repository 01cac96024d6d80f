// SPDX-License-Identifier: Apache-2.0
/** The session with Keystone, and requests to the services of its catalog. */
@NullMarked
package io.nephometer.openstack.keystone;

import org.jspecify.annotations.NullMarked;
