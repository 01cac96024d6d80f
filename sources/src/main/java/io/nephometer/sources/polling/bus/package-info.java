// SPDX-License-Identifier: Apache-2.0
/** Measurements as {@code telemetry.polling} notifications on the message bus. */
@NullMarked
package io.nephometer.sources.polling.bus;

import org.jspecify.annotations.NullMarked;
