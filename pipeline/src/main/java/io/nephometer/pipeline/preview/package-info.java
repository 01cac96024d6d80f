// SPDX-License-Identifier: Apache-2.0
/** Shows what a notification becomes, and why something is missing. */
@NullMarked
package io.nephometer.pipeline.preview;

import org.jspecify.annotations.NullMarked;
