// SPDX-License-Identifier: Apache-2.0
/** A compute agent, held against Nova and the hypervisor. */
@NullMarked
package io.nephometer.e2e.cloud.compute;

import org.jspecify.annotations.NullMarked;
