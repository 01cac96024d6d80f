// SPDX-License-Identifier: Apache-2.0
/** What every ledger, real or fake, must do with a batch. */
@NullMarked
package io.nephometer.testkit.ledger;

import org.jspecify.annotations.NullMarked;
