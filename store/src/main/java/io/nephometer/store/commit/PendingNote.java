// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Pending;
import io.nephometer.runtime.json.Json;
import java.util.List;

/**
 * What is to be remembered with a row of samples whose metadata is missing.
 *
 * @param json {@code [told, extras]}, see {@link Pending}
 */
record PendingNote(String instance, String json) {
    static PendingNote of(Pending pending) throws UnstorableException {
        return new PendingNote(
                StorableText.name("the instance of samples without metadata", pending.instance()),
                Json.write(List.of(pending.told(), pending.extras())));
    }
}
