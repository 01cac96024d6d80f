// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds to what another measures what its projects and users are called: {@value #PROJECT} and {@value #USER} of the metadata. */
public final class NamingMeasuring implements UnitMeasuring {
    static final String PROJECT = "project_name";
    static final String USER = "user_name";

    private final UnitMeasuring measuring;
    private final IdentityNames names;

    public NamingMeasuring(UnitMeasuring measuring, IdentityNames names) {
        this.measuring = measuring;
        this.names = names;
    }

    @Override
    public SlotMeasurements measure(WorkUnit unit, Slot slot) throws UnmeasurableException, InterruptedException {
        SlotMeasurements measured = measuring.measure(unit, slot);
        return measured.with(measured.samples().stream().map(this::named).toList());
    }

    private Sample named(Sample sample) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(sample.metadata());
        String project = sample.projectId();
        String user = sample.userId();
        put(metadata, PROJECT, project == null ? null : names.project(project));
        put(metadata, USER, user == null ? null : names.user(user));
        return sample.describedAs(project, user, metadata);
    }

    /** What the service itself says counts. */
    private static void put(Map<String, @Nullable Object> metadata, String key, @Nullable String name) {
        if (name != null) {
            metadata.putIfAbsent(key, name);
        }
    }
}
