// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ApiTransport;
import io.nephometer.openstack.api.Outgoing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.api.ServiceType;
import io.nephometer.runtime.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A log-in to a cloud that is kept up: renewed before its token expires, by Keystone's own clock, and when a service refuses it.
 * However many threads need a new token, one asks for it. Thread-safe.
 */
public final class KeystoneSession {
    /**
     * Keystone may lock a user out who fails too often: a refused log-in is not tried again before. Nor is the renewal of a token
     * that is still valid, if it failed.
     */
    private static final Duration REFUSAL_HOLDS = Duration.ofSeconds(30);

    private final CloudAccess cloud;
    private final ApiTransport transport;
    private final Ticker ticker;
    private final URI tokens;

    private final Object lock = new Object();

    @GuardedBy("lock") private @Nullable Grant current;

    @GuardedBy("lock") private @Nullable CompletableFuture<Grant> renewal;

    @GuardedBy("lock") private @Nullable ApiException refusal;

    @GuardedBy("lock") private long refusedAt;

    /** Until then a token that is due is used as long as it is valid. */
    @GuardedBy("lock") private long dueAgainAt;

    /** Asks nothing yet. */
    public KeystoneSession(CloudAccess cloud, ApiTransport transport, Ticker ticker) {
        this.cloud = cloud;
        this.transport = transport;
        this.ticker = ticker;
        this.dueAgainAt = ticker.nanos();
        this.tokens = URI.create(EndpointUrl.identity(cloud.authUrl()) + "/auth/tokens");
    }

    ApiTransport transport() {
        return transport;
    }

    /**
     * A token that is valid for a while, and its catalog.
     *
     * @throws ApiException if there is none; while the old one is valid, a renewal that fails does not matter
     */
    Grant grant() throws ApiException {
        long now = ticker.nanos();
        Grant known;
        synchronized (lock) {
            known = current;
            if (known != null && (!known.isDue(now) || (now - dueAgainAt < 0 && !known.isExpired(now)))) {
                return known;
            }
        }
        try {
            return renewed(known);
        } catch (ApiException e) {
            if (known == null || known.isExpired(ticker.nanos())) {
                throw e;
            }
            synchronized (lock) {
                dueAgainAt = ticker.nanos() + REFUSAL_HOLDS.toNanos();
            }
            return known;
        }
    }

    /** Another than {@code stale}, which was refused or is due: what another thread got meanwhile, else a new one. */
    Grant renewed(@Nullable Grant stale) throws ApiException {
        CompletableFuture<Grant> pending;
        boolean ours = false;
        synchronized (lock) {
            if (current != null && !current.equals(stale)) {
                return current;
            }
            if (refusal != null && ticker.nanos() - refusedAt < REFUSAL_HOLDS.toNanos()) {
                throw refusal;
            }
            if (renewal == null) {
                renewal = new CompletableFuture<>();
                ours = true;
            }
            pending = renewal;
        }
        if (ours) {
            renew(pending);
        }
        return await(pending);
    }

    private void renew(CompletableFuture<Grant> pending) {
        try {
            Grant grant = logIn();
            synchronized (lock) {
                current = grant;
                refusal = null;
                renewal = null;
            }
            pending.complete(grant);
        } catch (ApiException e) {
            synchronized (lock) {
                if (e.failure() == ApiFailure.UNAUTHORIZED) {
                    refusal = e;
                    refusedAt = ticker.nanos();
                }
                renewal = null;
            }
            pending.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            synchronized (lock) {
                renewal = null;
            }
            pending.completeExceptionally(e);
            throw e;
        }
    }

    private static Grant await(CompletableFuture<Grant> pending) throws ApiException {
        try {
            return pending.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ApiException failed) {
                throw failed;
            }
            throw e;
        }
    }

    private Grant logIn() throws ApiException {
        long startedAt = ticker.nanos();
        Outgoing login = Outgoing.post(
                ServiceType.IDENTITY,
                tokens,
                LoginText.of(cloud.credentials(), cloud.scope()),
                List.of(cloud.credentials().secret()),
                Reason.TOKEN);
        return transport.exchange(login, answer -> GrantReader.read(answer, startedAt));
    }

    /** As {@link #endpoint}, as it is written there. */
    URI plainEndpoint(Grant grant, ServiceType service) throws ApiException {
        URI override = cloud.endpoints().get(service.label());
        if (override != null) {
            return override;
        }
        String url = grant.catalog()
                .find(service, cloud.endpointInterface(), cloud.region())
                .orElseThrow(() -> noEndpoint(grant, service, "the catalog has none"));
        try {
            return EndpointUrl.plain(url);
        } catch (IllegalArgumentException e) {
            throw noEndpoint(grant, service, "the one in the catalog is no URL");
        }
    }

    /** The endpoint of a service: as configured, else as the catalog says. */
    URI endpoint(Grant grant, ServiceType service) throws ApiException {
        URI override = cloud.endpoints().get(service.label());
        if (override != null) {
            return EndpointUrl.of(service, override.toString());
        }
        String url = grant.catalog()
                .find(service, cloud.endpointInterface(), cloud.region())
                .orElseThrow(() -> noEndpoint(grant, service, "the catalog has none"));
        try {
            return EndpointUrl.of(service, url);
        } catch (IllegalArgumentException e) {
            throw noEndpoint(grant, service, "the one in the catalog is no URL");
        }
    }

    /**
     * By what a service of a cloud is known, whoever asks and on whatever side: the place of its public endpoint, else of the one in use,
     * and its region.
     */
    String identity(Grant grant, ServiceType service) throws ApiException {
        Optional<Catalog.Endpoint> published =
                grant.catalog().endpoint(service, EndpointInterface.PUBLIC, cloud.region());
        String region =
                published.map(Catalog.Endpoint::region).orElseGet(() -> Objects.requireNonNullElse(cloud.region(), ""));
        URI endpoint = endpoint(grant, service);
        String place = EndpointUrl.place(
                published.map(Catalog.Endpoint::url).orElseGet(endpoint::toString), endpoint.getRawAuthority());
        return region.isEmpty() ? place : place + " in " + region;
    }

    private ApiException noEndpoint(Grant grant, ServiceType service, String what) {
        String wanted = cloud.endpointInterface().label() + (cloud.region() == null ? "" : " in " + cloud.region());
        return new ApiException(
                grant.catalog().has(service) ? ApiFailure.NOT_FOUND : ApiFailure.NO_SERVICE,
                service,
                "endpoint",
                0,
                null,
                "wanted " + wanted + ", " + what + "; it offers "
                        + grant.catalog().offer(service),
                null);
    }
}
