// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/** The shared cache is that of another cloud, or of another region. Nothing was changed. */
public final class ForeignCloudException extends SharedCacheException {
    private static final long serialVersionUID = 1L;

    /**
     * As Keystone tells it.
     *
     * @param held whose instances it holds
     * @param asked whose it was to hold
     */
    public ForeignCloudException(String held, String asked) {
        this("the shared cache holds the instances of the Nova at " + held + ", and this refresher asks the one at "
                + asked
                + ": give each cloud and each region a shared_cache.space of its own; if they are the same, and Nova's public"
                + " endpoint has got another name, say so with: nephometer cache adopt");
    }

    private ForeignCloudException(String message) {
        super(message);
    }

    /**
     * As the configuration has it.
     *
     * @param held whose instances it holds
     * @param named whose they should be: shared_cache.cloud
     */
    static ForeignCloudException byName(String held, String named) {
        return new ForeignCloudException("shared_cache.cloud says " + named + ", and this is the Nova at " + held
                + ": the shared cache is neither read nor told of anything; set shared_cache.space to the space of that cloud,"
                + " or shared_cache.cloud to the name of this one");
    }
}
