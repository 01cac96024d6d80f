// SPDX-License-Identifier: Apache-2.0
/** Notifications to samples, as meter definitions say. */
@NullMarked
package io.nephometer.pipeline.meters;

import org.jspecify.annotations.NullMarked;
