// SPDX-License-Identifier: Apache-2.0
/** What a long-running process needs whatever it does: time, lifecycle, health, self-metrics, configuration text. */
@NullMarked
package io.nephometer.runtime;

import org.jspecify.annotations.NullMarked;
