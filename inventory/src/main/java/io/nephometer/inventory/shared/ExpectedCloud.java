// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Of which cloud a process is, as far as it knows: by its configuration, and by what its Keystone tells if it asks one. It may know
 * nothing; then every cache is the right one. Thread-safe.
 */
public final class ExpectedCloud {
    /** Between the place of Nova's public endpoint and its region. */
    private static final String IN = " in ";

    private final @Nullable String named;
    private final AtomicReference<@Nullable String> told = new AtomicReference<>();

    /** @param named the place of Nova's public endpoint, the region, or both, as a refresher writes them down; null if it is not said */
    public ExpectedCloud(@Nullable String named) {
        this.named = named;
    }

    /** Keystone told it. */
    void tell(String identity) {
        told.set(identity);
    }

    /** Whether there is anything to compare. */
    boolean isKnown() {
        return named != null || told.get() != null;
    }

    /**
     * Fails if a cache is that of another cloud.
     *
     * @param held whose it is; null if no refresher said so yet, which is no reason to fail
     */
    void check(@Nullable String held) throws ForeignCloudException {
        String own = told.get();
        if (held == null) {
            return;
        }
        if (own != null && !own.equals(held)) {
            throw new ForeignCloudException(held, own);
        }
        if (named != null && !isNamed(held, named)) {
            throw ForeignCloudException.byName(held, named);
        }
    }

    private static boolean isNamed(String held, String named) {
        int end = held.lastIndexOf(IN);
        return held.equals(named)
                || (end > 0
                        && (held.substring(0, end).equals(named)
                                || held.substring(end + IN.length()).equals(named)));
    }
}
