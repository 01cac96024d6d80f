// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.inventory.shared.feed.InstanceEvent;
import io.nephometer.inventory.shared.feed.InstanceEvents;
import io.nephometer.inventory.shared.feed.NotificationFeed;
import io.nephometer.model.Processed;
import io.nephometer.pipeline.batch.BatchCompanion;
import io.nephometer.pipeline.decode.Notification;
import java.util.ArrayList;
import java.util.List;

/** Tells the shared cache what the notifications of each batch say of instances, before the batch is committed. */
public final class CacheFeed implements BatchCompanion {
    private final NotificationFeed feed;

    public CacheFeed(NotificationFeed feed) {
        this.feed = feed;
    }

    @Override
    public Attendance attend() {
        List<InstanceEvent> told = new ArrayList<>();
        return new Attendance() {
            @Override
            public void notified(Notification notification) {
                InstanceEvents.read(
                                notification.eventType(),
                                notification.generated(),
                                notification.tree().get("payload"))
                        .ifPresent(told::add);
            }

            @Override
            public List<Processed> complete(List<Processed> entries) {
                feed.tell(told);
                return entries;
            }
        };
    }
}
