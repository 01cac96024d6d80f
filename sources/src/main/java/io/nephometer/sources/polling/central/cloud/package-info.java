// SPDX-License-Identifier: Apache-2.0
/** The shipped pollsters of the APIs of OpenStack, and the discoveries that feed them. */
@NullMarked
package io.nephometer.sources.polling.central.cloud;

import org.jspecify.annotations.NullMarked;
