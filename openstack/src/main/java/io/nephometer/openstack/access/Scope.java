// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import org.jspecify.annotations.Nullable;

/** What a token is for. */
public sealed interface Scope {
    /** Whatever the credentials are bound to: an application credential's project, or a user's default project. */
    record Own() implements Scope {}

    /** One project; by name, its domain too. */
    record OfProject(Named project, @Nullable Named domain) implements Scope {}

    /** One domain. */
    record OfDomain(Named domain) implements Scope {}

    /** The whole system. */
    record OfSystem() implements Scope {}
}
