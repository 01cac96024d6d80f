// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.model.Fate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a slot costs, on average over a few.
 *
 * @param listings that the cloud was asked for, each page for itself
 * @param resourceRequests that it was asked per resource
 * @param messages that the ledger took
 * @param repeats messages that it was handed beside these: what it did not confirm in time comes again
 */
record SlotLoad(double listings, double resourceRequests, double messages, double repeats) {
    /** What there was until now, in sum. */
    static SlotLoad until(Cluster cluster) {
        Map<Fate, Long> messages = cluster.books().messages();
        long taken = messages.getOrDefault(Fate.SAMPLE_ONLY, 0L);
        long all = messages.values().stream().mapToLong(Long::longValue).sum();
        return new SlotLoad(cluster.cloud().listings(), cluster.cloud().resourceRequests(), taken, all - taken);
    }

    /** What came after {@code before} for each of so many slots. */
    SlotLoad since(SlotLoad before, int slots) {
        return new SlotLoad(
                (listings - before.listings) / slots,
                (resourceRequests - before.resourceRequests) / slots,
                (messages - before.messages) / slots,
                (repeats - before.repeats) / slots);
    }

    /** The same but for what a busy machine makes of it. */
    SlotLoad withoutRepeats() {
        return new SlotLoad(listings, resourceRequests, messages, 0);
    }

    /** For a human. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%.1f listings, %.1f requests per resource, %.1f messages a slot and %.1f again",
                listings,
                resourceRequests,
                messages,
                repeats);
    }

    /** For the JSON. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("listings", listings);
        tree.put("requests_per_resource", resourceRequests);
        tree.put("messages", messages);
        tree.put("messages_again", repeats);
        return tree;
    }
}
