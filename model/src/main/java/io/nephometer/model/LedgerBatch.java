// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.List;

/**
 * What is committed together.
 *
 * @param consumer the name of the source whose progress this is, such as {@code rabbitmq:nephometer.notifications}
 * @param entries in the order of delivery
 */
public record LedgerBatch(String consumer, List<Processed> entries) {
    public LedgerBatch {
        entries = List.copyOf(entries);
    }
}
