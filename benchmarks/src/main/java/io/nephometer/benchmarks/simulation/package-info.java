// SPDX-License-Identifier: Apache-2.0
/**
 * A whole cluster of central agents in one thread: the product's own decisions (who owns what, what is done when) under a
 * simulated clock, network, coordinator and ledger, disturbed by chance. A number decides everything that happens: the same one
 * replays the same story.
 */
@NullMarked
package io.nephometer.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
