// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where etcd is and how it lets us in.
 *
 * @param endpoints of the nodes of one cluster, such as {@code https://etcd-1:2379}; all with TLS or none
 * @param prefix of all keys; clouds that share an etcd have different ones
 * @param login null if etcd asks nobody
 * @param tls how to trust; counts only with https
 */
public record EtcdOptions(
        List<URI> endpoints, String prefix, @Nullable Login login, TlsOptions tls) {
    private static final int PORT = 2379;

    public EtcdOptions {
        endpoints = endpoints.stream().map(EtcdOptions::checked).toList();
        if (endpoints.stream().map(URI::getScheme).distinct().count() != 1) {
            throw new IllegalArgumentException("endpoints of etcd are needed, all with http or all with https");
        }
        if (prefix.isBlank() || !prefix.endsWith("/")) {
            throw new IllegalArgumentException("a prefix ends with a slash: " + prefix);
        }
    }

    /** As whom to enter. */
    public record Login(String user, Secret password) {}

    /** Without user and own authorities. */
    public static EtcdOptions of(List<String> endpoints) {
        return new EtcdOptions(
                endpoints.stream().map(URI::create).toList(), "/nephometer/", null, TlsOptions.defaults());
    }

    private static URI checked(URI endpoint) {
        String scheme = endpoint.getScheme();
        if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "an endpoint of etcd is such as http://host:2379 or https://host:2379, not " + endpoint);
        }
        return endpoint.getPort() >= 0 ? endpoint : URI.create(scheme + "://" + endpoint.getHost() + ":" + PORT);
    }

    boolean isEncrypted() {
        return "https".equals(endpoints.getFirst().getScheme());
    }
}
