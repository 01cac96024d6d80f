// SPDX-License-Identifier: Apache-2.0
/**
 * The collector role: from the configured brokers through the pipeline into the ledger.
 *
 * <p>{@link io.nephometer.app.collector.Collector} puts the parts together; what happens to a message is in
 * {@link io.nephometer.pipeline.batch.BatchLoop} and {@link io.nephometer.pipeline.NotificationProcessor}.
 */
@NullMarked
package io.nephometer.app.collector;

import org.jspecify.annotations.NullMarked;
