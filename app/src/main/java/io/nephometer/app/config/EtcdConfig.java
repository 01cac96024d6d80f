// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.coordination.etcd.EtcdOptions;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An etcd cluster. */
public record EtcdConfig(
        @Doc("Its nodes, https:// for TLS.") @Example("[https://etcd-1:2379, https://etcd-2:2379, https://etcd-3:2379]")
        List<String> endpoints,

        @Doc("Begins the names of all keys; clouds that share an etcd have different ones.") @Default("/nephometer/")
        String prefix,

        @Doc("The user, if etcd asks for one.") @Example("nephometer") @Nullable String user,

        @Doc("The password: ${VARIABLE} or file:/path.") @Example("file:/etc/nephometer/etcd-password") @Nullable Secret password,

        @Doc("Certificates and keys, for https.") @Nullable TlsConfig tls) {
    public EtcdConfig {
        endpoints = List.copyOf(endpoints);
        if ((user == null) != (password == null)) {
            throw new InvalidSetting(user == null ? "user" : "password", "user and password go together");
        }
        try {
            options(endpoints, prefix, user, password, tls);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("endpoints", String.valueOf(e.getMessage()));
        }
    }

    /** What the driver takes. */
    public EtcdOptions options() {
        return options(endpoints, prefix, user, password, tls);
    }

    private static EtcdOptions options(
            List<String> endpoints,
            String prefix,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable TlsConfig tls) {
        return new EtcdOptions(
                endpoints.stream().map(URI::create).toList(),
                prefix,
                user == null || password == null ? null : new EtcdOptions.Login(user, password),
                tls == null ? TlsOptions.defaults() : tls.options());
    }
}
