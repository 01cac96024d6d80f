// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.ForeignCloudException;
import io.nephometer.inventory.shared.Head;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Of which cloud a refresher is: asked for until Keystone has told it, and not more often than a refresh that fails. Asked for anew when
 * the cache is said to be another's than it was then: Nova's public endpoint may have got another name. Not thread-safe.
 */
final class OwnCloud {
    private final CountedCloud cloud;
    private final Duration retry;
    private final Ticker ticker;
    private final Consumer<String> learnt;
    private @Nullable String identity;

    /** Whose the cache was when that was told, or when it was the same last. */
    private @Nullable String seen;

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
        if (ours != null && (ours.equals(head.cloud()) || Objects.equals(seen, head.cloud()))) {
            seen = head.cloud();
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
        return known.isPresent() ? known.get() : ours(head, asked(head));
    }

    private static String ours(Head head, String ours) throws ForeignCloudException {
        if (head.cloud() != null && !head.cloud().equals(ours)) {
            throw new ForeignCloudException(head.cloud(), ours);
        }
        return ours;
    }

    private String asked(Head head) throws ApiException {
        try {
            String told = identity == null ? cloud.identity() : cloud.identityNow();
            identity = told;
            seen = head.cloud();
            refusal = null;
            learnt.accept(told);
            return told;
        } catch (ApiException e) {
            refusal = e;
            refused = ticker.nanos();
            throw e;
        }
    }
}
