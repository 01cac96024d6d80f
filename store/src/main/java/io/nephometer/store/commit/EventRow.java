// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as stored.
 *
 * @param id see {@link RowId}
 * @param generated microseconds since the epoch
 * @param message the message's key
 * @param type reference into the event types
 * @param messageText the id as sent where the key does not show it, else null
 * @param traits JSON, see {@link TraitsJson}
 * @param raw deflated JSON of the whole notification, or null
 */
@SuppressWarnings("ArrayRecordComponent") // on its way to the driver; never compared
public record EventRow(
        long id,
        long generated,
        UUID message,
        int type,
        @Nullable String messageText,
        String traits,
        byte @Nullable [] raw) {}
