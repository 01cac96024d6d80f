// SPDX-License-Identifier: Apache-2.0
/** What libvirt would say on each host. */
@NullMarked
package io.nephometer.simulator.hypervisor;

import org.jspecify.annotations.NullMarked;
