// SPDX-License-Identifier: Apache-2.0
/** What all checks have in common, checked. */
@NullMarked
package io.nephometer.e2e.cloud.check;

import org.jspecify.annotations.NullMarked;
