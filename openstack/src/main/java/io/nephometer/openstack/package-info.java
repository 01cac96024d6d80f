// SPDX-License-Identifier: Apache-2.0
/** Keystone session and read-only clients of OpenStack's services. */
@NullMarked
package io.nephometer.openstack;

import org.jspecify.annotations.NullMarked;
