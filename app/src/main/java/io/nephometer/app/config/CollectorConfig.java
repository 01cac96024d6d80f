// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.ByteSize;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.runtime.config.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

        @Doc("So many equal refusals by the store in a row mean that the store is wrong: consuming stops. Raise it"
                + " while so many messages in a row are wrong themselves; they go to recovery.")
        @Default("20")
        @Between(min = "2", max = "1000000")
        int equalRejectionsLimit,

        @Doc("Secret with which polled samples must be signed, as polling agents have it. Not set: signatures are"
                + " not looked at.")
        @Nullable Secret sampleSecret,

        @Doc("Whether notifications of instances are told to the shared cache before they are committed, so that it"
                + " is seconds old. Needs global_resource_cache, and Nova's [notifications] notify_on_state_change"
                + " = vm_and_task_state.")
        @Default("false")
        boolean notificationFeed,

        @Doc(
                "How long samples that came without metadata (compute.publish.bare) wait for it, when nobody knows their instance yet.")
        @Default("1h")
        @Between(min = "1m", max = "30d")
        Duration lateMetadataPatience,

        @Doc("Members of polling that delivered nothing for so long, while others did, are no longer expected to.")
        @Default("7d")
        @Between(min = "1h")
        Duration memberAbsence,

        @Doc("How many members a source of polling may have, those that are retired not counted. What comes of further"
                + " ones, be it garbage or a larger cloud, waits in recovery.")
        @Default("10000")
        @Between(min = "1", max = "1000000")
        int maxMembers) {
    public CollectorConfig {
        rabbitmq = List.copyOf(rabbitmq);
        if (sampleSecret != null && sampleSecret.reveal().isBlank()) {
            throw new InvalidSetting(
                    "sample_secret", "expected a secret that is not empty; leave it out for no signatures");
        }
    }
}
