// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.simulator.hypervisor;

import org.jspecify.annotations.NullMarked;
