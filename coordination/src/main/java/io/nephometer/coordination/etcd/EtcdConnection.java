// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.nephometer.runtime.tls.TlsContext;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Makes clients that know one node each, ask once, and do not wait for a node that is away. */
final class EtcdConnection {
    /**
     * gRPC writes each broken connection to standard error by the JDK's own logging, which nobody here uses otherwise. Held, since the JDK
     * forgets the level of a logger that nobody holds.
     */
    private static final java.util.logging.Logger GRPC = java.util.logging.Logger.getLogger("io.grpc");

    static {
        GRPC.setLevel(java.util.logging.Level.OFF);
    }

    private final EtcdOptions options;
    private final Duration connectTimeout;

    EtcdConnection(EtcdOptions options, Duration connectTimeout) {
        this.options = options;
        this.connectTimeout = connectTimeout;
    }

    /**
     * Connects with the first request.
     *
     * @throws IOException if files for TLS cannot be read
     */
    Client to(URI endpoint) throws IOException {
        ClientBuilder builder = Client.builder()
                .endpoints(endpoint)
                .waitForReady(false)
                .retryMaxAttempts(0)
                .connectTimeout(connectTimeout);
        EtcdOptions.Login login = options.login();
        if (login != null) {
            builder.user(bytes(login.user())).password(bytes(login.password().reveal()));
        }
        if (options.isEncrypted()) {
            builder.sslContext(encryption());
        }
        return builder.build();
    }

    /** By the same rules as everywhere in this program; HTTP/2 must be negotiated. */
    private SslContext encryption() throws IOException {
        return new JdkSslContext(
                TlsContext.of(options.tls()),
                true,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2),
                ClientAuth.NONE,
                null,
                false);
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
