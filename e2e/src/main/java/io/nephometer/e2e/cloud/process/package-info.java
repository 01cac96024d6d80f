// SPDX-License-Identifier: Apache-2.0
/** The product as a process, as an operator starts it. */
@NullMarked
package io.nephometer.e2e.cloud.process;

import org.jspecify.annotations.NullMarked;
