// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etcd.jetcd.Auth;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.auth.Permission;
import io.etcd.jetcd.options.OptionsUtil;
import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.testkit.servers.PrivateEtcd;
import io.nephometer.testkit.servers.TestAuthority;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in. */
@Tag("server")
class EtcdAccessTest {
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final Member me = Member.starting("a", Set.of("central"));

    @TempDir
    private Path folder;

    private static EtcdOptions options(PrivateEtcd etcd, EtcdOptions.@Nullable Login login, TlsOptions tls) {
        return new EtcdOptions(List.of(URI.create(etcd.url())), "/nephometer/", login, tls);
    }

    private void assertRefused(EtcdOptions options, CoordinationFailure expected) {
        try (Coordinator coordinator = new EtcdCoordinator(options, LEASE, Ticker.system())) {
            CoordinationException failed =
                    catchThrowableOfType(CoordinationException.class, () -> coordinator.beat(me));
            assertThat(failed).isNotNull();
            assertThat(failed.failure()).as(failed.getMessage()).isEqualTo(expected);
            assertThat(failed).hasMessageContaining("127.0.0.1").hasMessageNotContaining("wrong-word");
        }
    }

    private void assertServed(EtcdOptions options) throws CoordinationException {
        try (Coordinator coordinator = new EtcdCoordinator(options, LEASE, Ticker.system())) {
            assertThat(coordinator.beat(me).names()).containsExactly("a");
            assertThat(coordinator.beat(me).names()).containsExactly("a");
            coordinator.leave(me);
            assertThat(coordinator.members().names()).isEmpty();
        }
    }

    @Test
    void byTlsBothSidesAreAsOurOptionsSay() throws Exception {
        TestAuthority authority = new TestAuthority(Files.createDirectory(folder.resolve("ours")));
        TestAuthority stranger = new TestAuthority(Files.createDirectory(folder.resolve("theirs")));
        TestAuthority.Identity server = authority.issue("etcd", "ip:127.0.0.1");
        TestAuthority.Identity client = authority.issue("agent", "dns:agent.example");
        List<String> settings = List.of(
                "--cert-file=" + server.certificate(),
                "--key-file=" + server.key(),
                "--trusted-ca-file=" + authority.certificate(),
                "--client-cert-auth");
        try (PrivateEtcd etcd = new PrivateEtcd(settings)) {
            etcd.start();

            assertServed(options(
                    etcd, null, new TlsOptions(authority.certificate(), client.certificate(), client.key(), true)));
            assertRefused(
                    options(
                            etcd,
                            null,
                            new TlsOptions(stranger.certificate(), client.certificate(), client.key(), true)),
                    CoordinationFailure.UNREACHABLE);
            assertRefused(
                    options(etcd, null, new TlsOptions(authority.certificate(), null, null, true)),
                    CoordinationFailure.UNREACHABLE);
            assertRefused(
                    options(etcd, null, new TlsOptions(folder.resolve("missing.pem"), null, null, true)),
                    CoordinationFailure.REFUSED);
        }
    }

    @Test
    void theHostOfACertificateIsCheckedUnlessOurOptionsSayOtherwise() throws Exception {
        TestAuthority authority = new TestAuthority(Files.createDirectory(folder.resolve("ours")));
        TestAuthority.Identity server = authority.issue("etcd", "dns:etcd.example");
        try (PrivateEtcd etcd =
                new PrivateEtcd(List.of("--cert-file=" + server.certificate(), "--key-file=" + server.key()))) {
            etcd.start();

            assertRefused(
                    options(etcd, null, new TlsOptions(authority.certificate(), null, null, true)),
                    CoordinationFailure.UNREACHABLE);
            assertServed(options(etcd, null, new TlsOptions(authority.certificate(), null, null, false)));
        }
    }

    @Test
    void aUserNeedsNoMoreThanItsPrefix() throws Exception {
        try (PrivateEtcd etcd = new PrivateEtcd()) {
            etcd.start();
            guard(etcd);
            TlsOptions none = TlsOptions.defaults();

            assertServed(options(etcd, new EtcdOptions.Login("agent", new Secret("word")), none));
            assertRefused(
                    options(etcd, new EtcdOptions.Login("agent", new Secret("wrong-word")), none),
                    CoordinationFailure.REFUSED);
            assertRefused(options(etcd, null, none), CoordinationFailure.REFUSED);
            assertRefused(
                    new EtcdOptions(
                            List.of(URI.create(etcd.url())),
                            "/other/",
                            new EtcdOptions.Login("agent", new Secret("word")),
                            none),
                    CoordinationFailure.REFUSED);
        }
    }

    private static ByteSequence text(String text) {
        return EtcdConnection.bytes(text);
    }

    private static void guard(PrivateEtcd etcd) throws Exception {
        ByteSequence prefix = text("/nephometer/");
        try (Client client = Client.builder().endpoints(etcd.url()).build()) {
            Auth auth = client.getAuthClient();
            auth.userAdd(text("root"), text("root-word")).get();
            auth.roleAdd(text("root")).get();
            auth.userGrantRole(text("root"), text("root")).get();
            auth.userAdd(text("agent"), text("word")).get();
            auth.roleAdd(text("members")).get();
            auth.roleGrantPermission(
                            text("members"), prefix, OptionsUtil.prefixEndOf(prefix), Permission.Type.READWRITE)
                    .get();
            auth.userGrantRole(text("agent"), text("members")).get();
            auth.authEnable().get();
        }
    }

    @Test
    void endpointsAreAllAlike() {
        assertThat(EtcdOptions.of(List.of("http://etcd-1")).endpoints())
                .containsExactly(URI.create("http://etcd-1:2379"));
        assertThatThrownBy(() -> EtcdOptions.of(List.of("http://a:1", "https://b:2")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EtcdOptions.of(List.of("etcd-1:2379"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EtcdOptions.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
