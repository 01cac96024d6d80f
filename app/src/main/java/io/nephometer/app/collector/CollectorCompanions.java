// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.app.config.RabbitMqSourceConfig;
import io.nephometer.pipeline.batch.BatchCompanion;

/**
 * Who sees the batches of a collector's sources before they are committed.
 *
 * @param feed of the sources whose notifications are of the cloud that the shared cache is about
 * @param all of every source
 */
public record CollectorCompanions(BatchCompanion feed, BatchCompanion all) {
    public static final CollectorCompanions NONE = new CollectorCompanions(BatchCompanion.NONE, BatchCompanion.NONE);

    BatchCompanion of(RabbitMqSourceConfig source) {
        return source.feedsCache() ? BatchCompanion.both(feed, all) : all;
    }
}
