// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.inventory.shared.feed.AssetEvents;
import io.nephometer.inventory.shared.feed.InstanceVersions;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Processed;
import io.nephometer.pipeline.batch.BatchCompanion;
import io.nephometer.pipeline.decode.Notification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes what the notifications of each batch say of instances, flavors and volumes, so that the inventory gets it in the commit of the batch. */
public final class InventoryNotes implements BatchCompanion {
    @Override
    public Attendance attend() {
        Map<String, InstanceVersion> told = new HashMap<>();
        Map<String, List<AssetVersion>> assets = new HashMap<>();
        return new Attendance() {
            @Override
            public void notified(Notification notification) {
                if (!(notification.tree().get("metadata") instanceof Map<?, ?> metadata)
                        || !(metadata.get("message_id") instanceof String id)) {
                    return;
                }
                String type = notification.eventType();
                Object payload = notification.tree().get("payload");
                InstanceVersions.of(type, notification.generated(), payload)
                        .ifPresent(version -> told.put(id, version));
                List<AssetVersion> others = AssetEvents.of(type, notification.generated(), payload);
                if (!others.isEmpty()) {
                    assets.put(id, others);
                }
            }

            @Override
            public List<Processed> complete(List<Processed> entries) {
                return told.isEmpty() && assets.isEmpty()
                        ? entries
                        : entries.stream().map(this::noted).toList();
            }

            private Processed noted(Processed entry) {
                if (!(entry instanceof Processed.Converted converted)) {
                    return entry;
                }
                InstanceVersion version = told.get(converted.id().text());
                List<AssetVersion> others = assets.get(converted.id().text());
                Processed.Converted noted = version == null ? converted : converted.telling(List.of(version));
                return others == null ? noted : noted.tellingOf(others);
            }
        };
    }
}
