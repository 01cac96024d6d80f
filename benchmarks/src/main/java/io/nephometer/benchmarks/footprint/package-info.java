// SPDX-License-Identifier: Apache-2.0
/** What an agent takes of its hypervisor. */
@NullMarked
package io.nephometer.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
