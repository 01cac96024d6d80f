// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.pipeline.polled;

import org.jspecify.annotations.NullMarked;
