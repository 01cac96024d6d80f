// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import org.jspecify.annotations.Nullable;

/**
 * One value that a path selected.
 *
 * @param path where it was found, dotted and without the root sign, such as {@code payload.disks.[0].size}; {@code $} for the
 *     tree itself; {@code `this`} for a computed value
 * @param value a plain JSON value
 */
public record Match(String path, @Nullable Object value) {}
