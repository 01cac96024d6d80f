// SPDX-License-Identifier: Apache-2.0
/** What a process says about itself: metrics in Prometheus' format and health, over HTTP. */
@NullMarked
package io.nephometer.runtime.metrics;

import org.jspecify.annotations.NullMarked;
