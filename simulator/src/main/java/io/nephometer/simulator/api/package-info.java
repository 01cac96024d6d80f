// SPDX-License-Identifier: Apache-2.0
/** What the services have in common: endpoints, faults, counting. */
@NullMarked
package io.nephometer.simulator.api;

import org.jspecify.annotations.NullMarked;
