// SPDX-License-Identifier: Apache-2.0
/** What all checks on a cloud have in common: options, how one begins and ends, and how it says what it found. */
@NullMarked
package io.nephometer.e2e.cloud.check;

import org.jspecify.annotations.NullMarked;
