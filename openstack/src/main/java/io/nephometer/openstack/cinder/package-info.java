// SPDX-License-Identifier: Apache-2.0
/** Reading from Cinder's API v3. */
@NullMarked
package io.nephometer.openstack.cinder;

import org.jspecify.annotations.NullMarked;
