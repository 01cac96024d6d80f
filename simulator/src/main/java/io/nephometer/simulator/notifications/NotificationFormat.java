// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

/** {@code [notifications]notification_format} of Nova; the other services have but the legacy one. */
public enum NotificationFormat {
    /** {@code unversioned}. */
    LEGACY,
    /** {@code versioned}: on topics of their own. */
    VERSIONED,
    /** Both, the legacy one first. */
    BOTH;

    boolean isLegacy() {
        return this != VERSIONED;
    }

    boolean isVersioned() {
        return this != LEGACY;
    }
}
