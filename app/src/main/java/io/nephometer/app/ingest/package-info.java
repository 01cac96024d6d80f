// SPDX-License-Identifier: Apache-2.0
/** Recorded notifications through the whole pipeline into a ledger. */
@NullMarked
package io.nephometer.app.ingest;

import org.jspecify.annotations.NullMarked;
