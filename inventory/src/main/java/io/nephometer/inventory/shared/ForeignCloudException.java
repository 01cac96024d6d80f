// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/** The shared cache is that of another cloud, or of another region. Nothing was changed. */
public final class ForeignCloudException extends SharedCacheException {
    private static final long serialVersionUID = 1L;

    /**
     * Names both.
     *
     * @param held whose instances it holds
     * @param asked whose it was to hold
     */
    public ForeignCloudException(String held, String asked) {
        super("the shared cache holds the instances of the Nova at " + held + ", and this refresher asks the one at "
                + asked
                + ": give each cloud and each region a shared_cache.space of its own; if they are the same, remove all keys of"
                + " the space, and it is filled again");
    }
}
