// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Sample;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What samples of an instance say of it. */
final class SampleFacts {
    private SampleFacts() {}

    /** The host of its hypervisor; what stands for it where that is not told; else an empty text. */
    static String host(Sample sample) {
        Map<String, @Nullable Object> metadata = sample.metadata();
        if (metadata.get("instance_host") instanceof String host && !host.isEmpty()) {
            return host;
        }
        return metadata.get("host") instanceof String hash ? hash : "";
    }

    /** Whose it is and what it is called, where it ran. */
    static Map<String, @Nullable Object> of(Sample sample) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("project_id", sample.projectId());
        facts.put("user_id", sample.userId());
        facts.put("display_name", sample.metadata().get("display_name"));
        facts.put("availability_zone", sample.metadata().get("OS-EXT-AZ:availability_zone"));
        facts.put("host", host(sample));
        return facts;
    }
}
