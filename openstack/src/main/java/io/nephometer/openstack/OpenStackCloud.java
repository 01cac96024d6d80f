// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack;

import io.nephometer.openstack.access.Authorities;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.openstack.api.ApiTransport;
import io.nephometer.openstack.api.ServiceType;
import io.nephometer.openstack.cinder.CinderClient;
import io.nephometer.openstack.glance.GlanceClient;
import io.nephometer.openstack.keystone.KeystoneClient;
import io.nephometer.openstack.keystone.KeystoneSession;
import io.nephometer.openstack.keystone.ServiceClient;
import io.nephometer.openstack.neutron.NeutronClient;
import io.nephometer.openstack.nova.NovaClient;
import io.nephometer.openstack.swift.SwiftClient;
import io.nephometer.runtime.config.ConfigException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One cloud as one user sees it: a session, and a client per service. Thread-safe. */
public final class OpenStackCloud implements AutoCloseable {
    private final ApiTransport transport;
    private final KeystoneSession session;

    private OpenStackCloud(ApiTransport transport, KeystoneSession session) {
        this.transport = transport;
        this.session = session;
    }

    /**
     * Prepares everything; the first request logs in.
     *
     * @throws ConfigException if the file of authorities cannot be used
     */
    public static OpenStackCloud of(CloudAccess access, ApiSettings settings, ApiTime time, ApiObserver observer)
            throws ConfigException {
        Path authorities = access.authorities();
        @Nullable SSLContext tls = authorities == null ? null : Authorities.trusting(authorities);
        ApiTransport transport = new ApiTransport(settings, tls, time, observer);
        return new OpenStackCloud(transport, new KeystoneSession(access, transport, time.ticker()));
    }

    public NovaClient nova() {
        return new NovaClient(service(ServiceType.COMPUTE));
    }

    public GlanceClient glance() {
        return new GlanceClient(service(ServiceType.IMAGE));
    }

    public CinderClient cinder() {
        return new CinderClient(service(ServiceType.BLOCK_STORAGE));
    }

    public NeutronClient neutron() {
        return new NeutronClient(service(ServiceType.NETWORK));
    }

    /**
     * Accounts of Swift.
     *
     * @param resellerPrefix what stands before a project in the name of its account: {@code AUTH_}
     */
    public SwiftClient swift(String resellerPrefix) {
        return new SwiftClient(service(ServiceType.OBJECT_STORE), resellerPrefix);
    }

    public KeystoneClient keystone() {
        return new KeystoneClient(service(ServiceType.IDENTITY));
    }

    /** For services that have no client of their own yet. */
    public ServiceClient service(ServiceType type) {
        return new ServiceClient(session, type);
    }

    /** Breaks off what is still under way. */
    @Override
    public void close() {
        transport.close();
    }
}
