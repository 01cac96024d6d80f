// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stay of a member: from the first slot that came of it until it was retired.
 *
 * @param source name of the polling source
 * @param first beginning of the first slot
 * @param last beginning of the latest slot of which anything came; null if retention has taken it
 * @param retired slots that begin then or later are not expected; null while the member is
 * @param reason why it was retired
 */
public record SlotMember(
        String source,
        Duration interval,
        String member,
        Instant first,
        @Nullable Instant last,
        @Nullable Instant retired,
        @Nullable String reason) {}
