// SPDX-License-Identifier: Apache-2.0
/** From the bytes of a message to a notification, or to the reason why there is none. */
@NullMarked
package io.nephometer.pipeline.decode;

import org.jspecify.annotations.NullMarked;
