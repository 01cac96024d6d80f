// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

/** What can happen in the cloud by itself. */
public enum Change {
    CREATE,
    /** Created and deleted before it was scheduled: its row has no {@code updated}. */
    CREATE_AND_DELETE_AT_ONCE,
    DELETE,
    RESIZE,
    COLD_MIGRATE,
    LIVE_MIGRATE,
    STOP,
    START,
    REBOOT,
    SHELVE,
    UNSHELVE,
    RENAME,
    SET_METADATA,
    UNSET_METADATA,
    CHANGE_TAGS,
    CREATE_IMAGE,
    DELETE_IMAGE,
    CREATE_FLAVOR,
    DELETE_FLAVOR
}
