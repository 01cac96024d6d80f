// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.swift;

import org.jspecify.annotations.Nullable;

/**
 * A container as the listing of its account shows it.
 *
 * @param storagePolicy null where Swift does not say it
 */
public record Container(
        String name, long objects, long bytes, @Nullable String storagePolicy) {}
