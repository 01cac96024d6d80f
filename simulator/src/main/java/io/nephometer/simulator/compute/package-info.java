// SPDX-License-Identifier: Apache-2.0
/** Nova: servers, flavors, hypervisors and services, with its quirks. */
@NullMarked
package io.nephometer.simulator.compute;

import org.jspecify.annotations.NullMarked;
