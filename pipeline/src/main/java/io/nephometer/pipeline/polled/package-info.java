// SPDX-License-Identifier: Apache-2.0
/** Samples that a polling agent sends over the bus as {@code telemetry.polling} notifications. */
@NullMarked
package io.nephometer.pipeline.polled;

import org.jspecify.annotations.NullMarked;
