// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was counted of a subject in a period.
 *
 * @param content plain JSON values, of whoever counts
 */
public record UsageCount(String subject, Map<String, @Nullable Object> content) {}
