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
    private final boolean toBeTold;
    private final AtomicReference<@Nullable String> told = new AtomicReference<>();

    /** @param named the place of Nova's public endpoint, the region, or both, as a refresher writes them down; null if it is not said */
    public ExpectedCloud(@Nullable String named) {
        this(named, false);
    }

    /**
     * The same for a process that may ask Keystone.
     *
     * @param toBeTold whether it does, so that it is better to wait for that than to write into a cache that may be another's
     */
    public ExpectedCloud(@Nullable String named, boolean toBeTold) {
        this.named = named;
        this.toBeTold = toBeTold;
    }

    /** Keystone told it, for the first time or another one. */
    void tell(String identity) {
        told.set(identity);
    }

    /** Whether there is anything to compare. */
    boolean isKnown() {
        return named != null || told.get() != null;
    }

    /** Fails if it is not known yet to whom a cache must belong so that it may be changed. */
    void checkKnown() throws SharedCacheException {
        if (toBeTold && !isKnown()) {
            throw new SharedCacheException(
                    "of which cloud this process is is not known before its Keystone has answered, or"
                            + " shared_cache.cloud says it: the shared cache is told nothing meanwhile");
        }
    }

    /** As {@link #check}, by what the configuration says alone. */
    void checkNamed(@Nullable String held) throws ForeignCloudException {
        if (held != null && named != null && !isNamed(held, named)) {
            throw ForeignCloudException.byName(held, named);
        }
    }

    /**
     * Fails if a cache is that of another cloud.
     *
     * @param held whose it is; null if no refresher said so yet, which is no reason to fail
     */
    void check(@Nullable String held) throws ForeignCloudException {
        String own = told.get();
        if (held != null && own != null && !own.equals(held)) {
            throw new ForeignCloudException(held, own);
        }
        checkNamed(held);
    }

    private static boolean isNamed(String held, String named) {
        int end = held.lastIndexOf(IN);
        return held.equals(named)
                || (end > 0
                        && (held.substring(0, end).equals(named)
                                || held.substring(end + IN.length()).equals(named)));
    }
}
