// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import java.time.Duration;

/** Metadata of instances, flavors and images that the agents of a cloud know together. */
public record InventoryConfig(
        @Doc("Whether agents read metadata from a cache that they share, which one process of the role central keeps"
                + " up to date. Off: each agent asks Nova for its own host.")
        @Default("false")
        boolean globalResourceCache,

        @Doc(
                "Where the shared cache, and the inventory of audits, are read from: Nova's API, or the databases of nova_cells,"
                        + " which costs Nova no request.")
        @Default("api")
        InventorySource source,

        @Doc("How old the shared cache may become before Nova is asked for what changed."
                + " With a notification feed, 10m will do.")
        @Default("1m")
        @Between(min = "5s", max = "1h")
        Duration intervalToUpdateResource,

        @Doc("Time between two whole readings of the cloud, which show what changes-since cannot.")
        @Default("1d")
        @Between(min = "10m", max = "30d")
        Duration resourceCacheExpiry) {}
