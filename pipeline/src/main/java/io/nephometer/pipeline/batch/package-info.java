// SPDX-License-Identifier: Apache-2.0
/**
 * Batches: how deliveries are gathered, handled together, committed once, and only then acknowledged.
 *
 * <p>{@link io.nephometer.pipeline.batch.BatchLoop} is the way of a message through the process: collect, handle, settle.
 */
@NullMarked
package io.nephometer.pipeline.batch;

import org.jspecify.annotations.NullMarked;
