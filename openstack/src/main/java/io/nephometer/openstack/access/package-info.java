// SPDX-License-Identifier: Apache-2.0
/** Where to log in and as whom: clouds.yaml, variables of the environment, the configuration file. */
@NullMarked
package io.nephometer.openstack.access;

import org.jspecify.annotations.NullMarked;
