// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/** What a cloud has beside instances, as far as audits and reports need it. */
public enum AssetKind {
    /** A hypervisor; its id is host and hypervisor's own name, see {@link AssetVersion#hostId}. */
    HOST,
    /** A flavor, by its id. */
    FLAVOR,
    /** A volume. */
    VOLUME,
    /** A volume that an instance has; its id is both, see {@link AssetVersion#attachmentId}. */
    ATTACHMENT
}
