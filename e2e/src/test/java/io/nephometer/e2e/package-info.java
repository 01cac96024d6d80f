// SPDX-License-Identifier: Apache-2.0
/** The promises of the whole system, shown with faults: real servers, real processes, and {@code kill -9}. */
@NullMarked
package io.nephometer.e2e;

import org.jspecify.annotations.NullMarked;
