// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/** Why something of an instance is to be removed. */
public enum CleanupKind {
    /** It is deleted, and may be brought back; longer so than it should be. */
    SOFT_DELETED,
    /** It has ended, and something of it is left. */
    ENDED
}
