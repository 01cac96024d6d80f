// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

/**
 * What a new version of metadata holds.
 *
 * @param validFrom when it was first true as far as we were told, in microseconds since the epoch
 * @param json the metadata, not compressed yet
 */
public record MetadataContent(long validFrom, String json) {}
