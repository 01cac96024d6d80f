// SPDX-License-Identifier: Apache-2.0
/** Measuring the instances of one hypervisor: a pollster for each meter, all fed by one inspection. */
@NullMarked
package io.nephometer.sources.polling.compute;

import org.jspecify.annotations.NullMarked;
