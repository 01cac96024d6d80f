// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the key that was probably meant. */
public final class NearestKey {
    private NearestKey() {}

    /** The known key with the least edit distance, or null if all are far from the text. */
    public static @Nullable String of(String text, Collection<String> known) {
        String nearest = null;
        int least = Math.max(2, text.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(text, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein's distance, row by row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
