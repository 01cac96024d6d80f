// SPDX-License-Identifier: Apache-2.0
/**
 * How a batch becomes one transaction, for every engine: what is prepared before it, the order of its steps, what decides a
 * message's fate. Engines supply the SQL of each step by implementing {@link io.nephometer.store.commit.Transaction}.
 */
@NullMarked
package io.nephometer.store.commit;

import org.jspecify.annotations.NullMarked;
