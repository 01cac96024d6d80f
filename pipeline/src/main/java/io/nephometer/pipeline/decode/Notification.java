// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification out of its envelope, in the shape that definitions look at.
 *
 * @param eventType such as {@code compute.instance.create.end}
 * @param priority as sent, in lower case: info, error, sample, …
 * @param generated the sender's {@code timestamp}; UTC where it names no offset
 * @param tree what paths are evaluated against: {@code ctxt} (all {@code _context_*} keys without that prefix),
 *     {@code publisher_id}, {@code event_type}, {@code payload}, {@code metadata} ({@code message_id}, {@code timestamp});
 *     plain values as {@link io.nephometer.runtime.json.Json} reads them
 */
public record Notification(String eventType, String priority, Instant generated, Map<String, @Nullable Object> tree) {}
