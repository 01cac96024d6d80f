// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ServiceType;
import io.nephometer.openstack.keystone.RawAnswer;
import io.nephometer.openstack.keystone.ServiceClient;
import io.nephometer.sources.polling.dynamic.definition.Target;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Asks services of the cloud with the session's token and within their budgets, and other URLs without either. Safe for several
 * threads.
 */
public final class CloudFetch implements DynamicFetch {
    private final Function<ServiceType, ServiceClient> cloud;
    private final WebFetch web;
    private final Map<String, ServiceClient> clients = new ConcurrentHashMap<>();

    /** @param cloud makes a client of a service */
    public CloudFetch(Function<ServiceType, ServiceClient> cloud, WebFetch web) {
        this.cloud = cloud;
        this.web = web;
    }

    private ServiceClient client(String type) {
        return clients.computeIfAbsent(type, name -> cloud.apply(ServiceType.of(name)));
    }

    @Override
    public List<URI> endpoints(String serviceType) throws FetchException {
        try {
            return List.of(client(serviceType).endpoint());
        } catch (ApiException e) {
            if (e.failure() == ApiFailure.NO_SERVICE) {
                throw FetchException.noService(String.valueOf(e.getMessage()));
            }
            throw new FetchException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Answer fetch(Question question) throws FetchException {
        if (!(question.target() instanceof Target.Service(String type, var _))) {
            return web.fetch(question);
        }
        try {
            RawAnswer answer = client(type).fetch(question.uri(), question.headers(), question.timeout());
            return new Answer(answer.status(), answer.location().orElse(null), answer.body());
        } catch (ApiException e) {
            throw new FetchException(String.valueOf(e.getMessage()));
        }
    }
}
