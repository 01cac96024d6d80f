// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.inventory.shared.feed.InstanceVersions;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Processed;
import io.nephometer.pipeline.batch.BatchCompanion;
import io.nephometer.pipeline.decode.Notification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes what the notifications of each batch say of instances, so that the inventory gets it in the commit of the batch. */
public final class InventoryNotes implements BatchCompanion {
    @Override
    public Attendance attend() {
        Map<String, InstanceVersion> told = new HashMap<>();
        return new Attendance() {
            @Override
            public void notified(Notification notification) {
                InstanceVersions.of(
                                notification.eventType(),
                                notification.generated(),
                                notification.tree().get("payload"))
                        .ifPresent(version -> {
                            if (notification.tree().get("metadata") instanceof Map<?, ?> metadata
                                    && metadata.get("message_id") instanceof String id) {
                                told.put(id, version);
                            }
                        });
            }

            @Override
            public List<Processed> complete(List<Processed> entries) {
                return told.isEmpty()
                        ? entries
                        : entries.stream().map(this::noted).toList();
            }

            private Processed noted(Processed entry) {
                if (entry instanceof Processed.Converted converted) {
                    InstanceVersion version = told.get(converted.id().text());
                    return version == null ? entry : converted.telling(List.of(version));
                }
                return entry;
            }
        };
    }
}
