// SPDX-License-Identifier: Apache-2.0
/** Neutron: floating addresses. */
@NullMarked
package io.nephometer.simulator.network;

import org.jspecify.annotations.NullMarked;
