// SPDX-License-Identifier: Apache-2.0
/** From raw messages to what the ledger commits. */
@NullMarked
package io.nephometer.pipeline;

import org.jspecify.annotations.NullMarked;
