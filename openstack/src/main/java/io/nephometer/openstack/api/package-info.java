// SPDX-License-Identifier: Apache-2.0
/** One request to a service: what it costs, how it may fail, how its answer is read. */
@NullMarked
package io.nephometer.openstack.api;

import org.jspecify.annotations.NullMarked;
