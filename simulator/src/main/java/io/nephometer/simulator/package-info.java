// SPDX-License-Identifier: Apache-2.0
/** A simulated cloud: its APIs over HTTP, its hypervisors, its notifications, its faults. */
@NullMarked
package io.nephometer.simulator;

import org.jspecify.annotations.NullMarked;
