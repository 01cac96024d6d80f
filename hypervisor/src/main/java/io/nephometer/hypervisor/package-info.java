// SPDX-License-Identifier: Apache-2.0
/** What runs on a hypervisor and what its counters say. */
@NullMarked
package io.nephometer.hypervisor;

import org.jspecify.annotations.NullMarked;
