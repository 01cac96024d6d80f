// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.ForeignCloudException;
import io.nephometer.inventory.shared.Head;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Of which cloud a refresher is: asked for until Keystone has told it, and not more often than a refresh that fails. Not thread-safe. */
final class OwnCloud {
    private final CountedCloud cloud;
    private final Duration retry;
    private final Ticker ticker;
    private final Consumer<String> learnt;
    private @Nullable String identity;
    private @Nullable ApiException refusal;
    private long refused;

    /** @param learnt called when Keystone has told it */
    OwnCloud(CountedCloud cloud, Duration retry, Ticker ticker, Consumer<String> learnt) {
        this.learnt = learnt;
        this.cloud = cloud;
        this.retry = retry;
        this.ticker = ticker;
    }

    /**
     * Holds what is known against whose the cache is; asks nobody.
     *
     * @throws ForeignCloudException if the cache holds the instances of another cloud
     * @throws ApiException as Keystone answered last, if that is not long ago
     */
    Optional<String> known(Head head) throws ApiException, ForeignCloudException {
        String ours = identity;
        if (ours != null) {
            return Optional.of(ours(head, ours));
        }
        ApiException before = refusal;
        if (before != null && ticker.nanos() - refused < retry.toNanos()) {
            throw before;
        }
        return Optional.empty();
    }

    /**
     * By what the Nova is known that this refresher asks.
     *
     * @throws ForeignCloudException if the cache holds the instances of another one
     */
    String of(Head head) throws ApiException, ForeignCloudException {
        Optional<String> known = known(head);
        return known.isPresent() ? known.get() : ours(head, asked());
    }

    private static String ours(Head head, String ours) throws ForeignCloudException {
        if (head.cloud() != null && !head.cloud().equals(ours)) {
            throw new ForeignCloudException(head.cloud(), ours);
        }
        return ours;
    }

    private String asked() throws ApiException {
        try {
            String told = cloud.identity();
            identity = told;
            learnt.accept(told);
            return told;
        } catch (ApiException e) {
            refusal = e;
            refused = ticker.nanos();
            throw e;
        }
    }
}
