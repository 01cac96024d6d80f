// SPDX-License-Identifier: Apache-2.0
/** Processes of checks, checked. */
@NullMarked
package io.nephometer.e2e.cloud.process;

import org.jspecify.annotations.NullMarked;
