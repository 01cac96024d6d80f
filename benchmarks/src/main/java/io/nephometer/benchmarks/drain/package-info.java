// SPDX-License-Identifier: Apache-2.0
/** How fast a prefilled queue of a real RabbitMQ becomes a durable ledger, beside consumers that keep nothing. */
@NullMarked
package io.nephometer.benchmarks.drain;

import org.jspecify.annotations.NullMarked;
