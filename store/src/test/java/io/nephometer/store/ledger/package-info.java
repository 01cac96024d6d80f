// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.store.ledger;

import org.jspecify.annotations.NullMarked;
