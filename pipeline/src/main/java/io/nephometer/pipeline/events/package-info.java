// SPDX-License-Identifier: Apache-2.0
/** Notifications to events, as event definitions say. */
@NullMarked
package io.nephometer.pipeline.events;

import org.jspecify.annotations.NullMarked;
