// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.ByteSize;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import java.util.List;

/** Intake from the message bus. */
public record CollectorConfig(
        @Doc("RabbitMQ brokers to take notifications from.") @Default("[]")
        List<RabbitMqSourceConfig> rabbitmq,

        @Doc("When a batch is full, for sources that say nothing else.")
        BatchConfig batch,

        @Doc("Batch loops per source, each with its own channel to the broker.")
        @Default("1")
        @Between(min = "1", max = "32")
        int workers,

        @Doc("Messages larger than this go to recovery unread.") @Default("8MiB") @Between(min = "1kB", max = "128MiB")
        ByteSize maxMessageBytes,

        @Doc(
                "So many equal refusals by the store in a row mean that the store is wrong: consuming stops. Raise it while so"
                        + " many messages in a row are wrong themselves; they go to recovery.")
        @Default("20")
        @Between(min = "2", max = "1000000")
        int equalRejectionsLimit) {
    public CollectorConfig {
        rabbitmq = List.copyOf(rabbitmq);
    }
}
