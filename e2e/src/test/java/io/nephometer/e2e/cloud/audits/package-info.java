// SPDX-License-Identifier: Apache-2.0
/** The check of audits, checked. */
@NullMarked
package io.nephometer.e2e.cloud.audits;

import org.jspecify.annotations.NullMarked;
