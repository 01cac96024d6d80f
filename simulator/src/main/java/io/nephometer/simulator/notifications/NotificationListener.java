// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

/** Where notifications go. Called by one thread at a time, in the order in which they were sent. */
@FunctionalInterface
public interface NotificationListener {
    void published(Published notification);
}
