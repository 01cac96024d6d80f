// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.ApiTransport;
import io.nephometer.openstack.api.Incoming;
import io.nephometer.openstack.api.JsonCursor;
import io.nephometer.openstack.api.ListPage;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Outgoing;
import io.nephometer.openstack.api.ServiceType;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads from one service of the catalog: with the session's token, renewed once if it is refused. Everything that a client of one
 * service needs beside paths and fields. Thread-safe.
 */
public final class ServiceClient {
    private final KeystoneSession session;
    private final ApiTransport transport;
    private final ServiceType service;

    /** Reads from the session's endpoint of {@code service}; asks nothing yet. */
    public ServiceClient(KeystoneSession session, ServiceType service) {
        this.session = session;
        this.transport = session.transport();
        this.service = service;
    }

    public ServiceType service() {
        return service;
    }

    /**
     * Asks, and reads the JSON of the answer while it arrives.
     *
     * @throws ApiException of any kind
     */
    public <T> T get(ApiRequest request, JsonCursor.DocumentReader<T> reader) throws ApiException {
        return exchange(request, false, answer -> answer.json(reader));
    }

    /** As {@link #get}, with the headers of the answer. */
    public <T> HeadedAnswer<T> getHeaded(ApiRequest request, JsonCursor.DocumentReader<T> reader) throws ApiException {
        return exchange(request, false, answer -> new HeadedAnswer<>(answer.json(reader), answer::header));
    }

    /**
     * Asks for one thing; empty if the service itself says that there is none (404 in JSON: a 404 of something else that stands
     * in its place is a failure).
     */
    public <T> Optional<T> find(ApiRequest request, JsonCursor.DocumentReader<T> reader) throws ApiException {
        return exchange(
                request, true, answer -> answer.status() == 404 ? Optional.empty() : Optional.of(answer.json(reader)));
    }

    /**
     * Reads a list to its end, page by page, each entry handed over as soon as it has arrived.
     *
     * @param request of the first page
     * @throws ApiException also after a part of the list was handed over: then what was handed over is not the list
     */
    public Listing list(ApiRequest request, PageReader reader) throws ApiException {
        return new Pages(this, request, reader).read();
    }

    /**
     * Reads one page of a list.
     *
     * @throws ApiException also after a part of the page was handed over: then what was handed over is not the page
     */
    public ListPage page(ApiRequest request, PageReader reader) throws ApiException {
        return new Pages(this, request, reader).readOne();
    }

    /** The endpoint as the catalog or the configuration writes it, without the version that clients of their own add. */
    public URI endpoint() throws ApiException {
        return session.plainEndpoint(session.grant(), service);
    }

    /** By what the service is known in its cloud, whoever asks: the place of its public endpoint, and its region. Asks for a token at most. */
    public String identity() throws ApiException {
        return session.identity(session.grant(), service);
    }

    /** As {@link #identity}, by the catalog of a token that is asked for now: that of one in use may be hours old. */
    public String identityNow() throws ApiException {
        return session.identity(session.renewed(session.grant()), service);
    }

    /**
     * Asks a URL of the endpoint's host, and hands the answer over as it is; redirects are not followed.
     *
     * @param headers beside those that every request has
     * @param timeout for the beginning of the answer
     * @throws ApiException of any kind; also if the URL is of another host, where the token must not go
     */
    public RawAnswer fetch(URI uri, Map<String, String> headers, Duration timeout) throws ApiException {
        return renewing(grant -> {
            URI endpoint = session.plainEndpoint(grant, service);
            if (!Objects.equals(uri.getScheme(), endpoint.getScheme())
                    || !Objects.equals(uri.getRawAuthority(), endpoint.getRawAuthority())) {
                throw new ApiException(
                        ApiFailure.REFUSED_QUERY,
                        service,
                        uri.getRawPath(),
                        0,
                        null,
                        "is not on the endpoint's host",
                        null);
            }
            Outgoing outgoing = Outgoing.raw(service, uri, headers, grant.token(), timeout);
            return transport.exchange(
                    outgoing, answer -> new RawAnswer(answer.status(), answer.header("Location"), answer.bytes()));
        });
    }

    /** As {@link #get}, with what the answer tells beside its body. */
    <T extends @Nullable Object> T exchange(ApiRequest request, boolean mayBeAbsent, Reader<T> reader)
            throws ApiException {
        return renewing(grant -> exchange(grant, request, mayBeAbsent, reader));
    }

    /** Once more with another token, if the service refuses the session's. */
    private <T extends @Nullable Object> T renewing(Exchange<T> exchange) throws ApiException {
        Grant grant = session.grant();
        try {
            return exchange.with(grant);
        } catch (ApiException e) {
            if (e.failure() != ApiFailure.UNAUTHORIZED || !e.service().equals(service)) {
                throw e;
            }
            return exchange.with(session.renewed(grant));
        }
    }

    private <T extends @Nullable Object> T exchange(
            Grant grant, ApiRequest request, boolean mayBeAbsent, Reader<T> reader) throws ApiException {
        URI endpoint = session.endpoint(grant, service);
        Outgoing outgoing = Outgoing.get(service, endpoint, request, grant.token());
        return transport.exchange(mayBeAbsent ? outgoing.orAbsent() : outgoing, reader::read);
    }

    /** A request with a token. */
    @FunctionalInterface
    private interface Exchange<T extends @Nullable Object> {
        T with(Grant grant) throws ApiException;
    }

    /** Makes something of an answer. */
    @FunctionalInterface
    interface Reader<T extends @Nullable Object> {
        T read(Incoming answer) throws AnswerException;
    }
}
