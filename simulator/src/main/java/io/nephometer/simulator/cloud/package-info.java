// SPDX-License-Identifier: Apache-2.0
/** What the cloud holds, and how it changes over time. */
@NullMarked
package io.nephometer.simulator.cloud;

import org.jspecify.annotations.NullMarked;
