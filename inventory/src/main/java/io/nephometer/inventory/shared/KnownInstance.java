// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.time.Instant;

/** What the cache knows of an instance of which it knows something. */
public sealed interface KnownInstance {
    /** It is in the set that readers see. */
    record Held(Entry entry) implements KnownInstance {}

    /** It was deleted, and nobody puts it back. */
    record Gone(Instant at) implements KnownInstance {}
}
