// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import org.jspecify.annotations.Nullable;

/**
 * How the primary stands, as the one that replicas are compared with.
 *
 * @param trouble why its position is not known now; null if it is
 * @param identity which process it is; null if it never answered
 */
public record PrimaryStatus(
        String server,
        @Nullable String trouble,
        @Nullable String identity,
        @Nullable LogPosition position) {}
