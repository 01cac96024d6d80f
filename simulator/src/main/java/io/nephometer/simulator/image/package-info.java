// SPDX-License-Identifier: Apache-2.0
/** Glance: images. */
@NullMarked
package io.nephometer.simulator.image;

import org.jspecify.annotations.NullMarked;
