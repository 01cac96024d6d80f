// SPDX-License-Identifier: Apache-2.0
/** Audits of usage, held against those of Nova. */
@NullMarked
package io.nephometer.e2e.cloud.audits;

import org.jspecify.annotations.NullMarked;
