// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static io.nephometer.sources.notifications.BusFixture.awaitUp;
import static io.nephometer.sources.notifications.BusFixture.numbers;
import static io.nephometer.sources.notifications.BusFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.testkit.servers.FreePorts;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import io.nephometer.testkit.servers.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in: TLS, passwords, permissions. */
@Tag("server")
class RabbitMqAccessTest {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static TestAuthority.Identity us;
    private static PrivateRabbitMq rabbit;

    @BeforeAll
    static void startServer() throws Exception {
        authority = new TestAuthority(Files.createDirectory(folder.resolve("authority")));
        us = authority.issue("collector", "dns:collector");
        TestAuthority.Identity server = authority.issue("broker", "ip:127.0.0.1");
        rabbit = new PrivateRabbitMq(List.of(
                "ssl_options.cacertfile = " + authority.certificate(),
                "ssl_options.certfile = " + server.certificate(),
                "ssl_options.keyfile = " + server.key(),
                "ssl_options.verify = verify_peer",
                "ssl_options.fail_if_no_peer_cert = true"));
        rabbit.start();
    }

    @AfterAll
    static void stopServer() {
        rabbit.close();
    }

    private static RabbitMqOptions at(BusFixture bus, String... urls) {
        return RabbitMqOptions.of("test", urls)
                .withTiming(BusFixture.impatient())
                .withIntake(bus.intake(Intake.QueueType.CLASSIC, 1L << 30));
    }

    private static String tlsUrl(String host) {
        return "amqps://guest:guest@" + host + ":" + rabbit.tlsPort() + "/";
    }

    private static TlsOptions tls(Path ca, TestAuthority.@Nullable Identity own) {
        return tls(ca, own, TlsOptions.Verification.FULL);
    }

    private static TlsOptions tls(
            @Nullable Path ca, TestAuthority.@Nullable Identity own, TlsOptions.Verification verification) {
        return new TlsOptions(ca, own == null ? null : own.certificate(), own == null ? null : own.key(), verification);
    }

    /** Returns the reason once the receiver is down after an attempt. */
    private static String awaitDown(RabbitMqReceiver receiver) {
        Await.until(() -> receiver.health() instanceof Health.Down(String detail) && detail.contains("trying again"));
        return receiver.health().detail();
    }

    @Test
    void bothSidesProveWhoTheyAre() throws Exception {
        try (BusFixture bus = new BusFixture(rabbit, "tls")) {
            RabbitMqReceiver receiver =
                    bus.startReady(at(bus, tlsUrl("127.0.0.1")).withTls(tls(authority.certificate(), us)));
            bus.publish(1, 1);
            assertThat(numbers(take(receiver, 1))).containsExactly(1);
        }
    }

    @Test
    void withoutACertificateABrokerThatWantsOneRefusesUs() throws Exception {
        try (BusFixture bus = new BusFixture(rabbit, "nocert")) {
            RabbitMqReceiver receiver =
                    bus.start(at(bus, tlsUrl("127.0.0.1")).withTls(tls(authority.certificate(), null)));
            assertThat(awaitDown(receiver)).contains("127.0.0.1:" + rabbit.tlsPort());
            assertThat(receiver.status().connections()).isZero();
        }
    }

    @Test
    void aBrokerOfAnotherAuthorityIsTrustedOnlyWithoutVerification() throws Exception {
        TestAuthority other = new TestAuthority(Files.createDirectory(folder.resolve("other")));
        try (BusFixture bus = new BusFixture(rabbit, "stranger")) {
            for (TlsOptions.Verification strict :
                    List.of(TlsOptions.Verification.FULL, TlsOptions.Verification.AUTHORITY)) {
                RabbitMqReceiver receiver =
                        bus.start(at(bus, tlsUrl("127.0.0.1")).withTls(tls(other.certificate(), us, strict)));
                assertThat(awaitDown(receiver)).contains("TLS failed");
                assertThat(receiver.status().connections()).isZero();
            }
            bus.startReady(at(bus, tlsUrl("127.0.0.1")).withTls(tls(null, us, TlsOptions.Verification.NONE)));
        }
    }

    @Test
    void aCertificateForAnotherHostIsAcceptedOnlyIfTheHostDoesNotMatter() throws Exception {
        try (BusFixture bus = new BusFixture(rabbit, "misled")) {
            RabbitMqReceiver receiver =
                    bus.start(at(bus, tlsUrl("localhost")).withTls(tls(authority.certificate(), us)));
            assertThat(awaitDown(receiver)).contains("TLS failed").contains("localhost");

            bus.startReady(at(bus, tlsUrl("localhost"))
                    .withTls(tls(authority.certificate(), us, TlsOptions.Verification.AUTHORITY)));
        }
    }

    @Test
    void aMissingCaFileIsNamed() throws Exception {
        try (BusFixture bus = new BusFixture(rabbit, "nofile")) {
            Path missing = folder.resolve("no-such-file.pem");
            RabbitMqReceiver receiver = bus.start(at(bus, tlsUrl("127.0.0.1")).withTls(tls(missing, null)));
            assertThat(awaitDown(receiver)).contains("no file " + missing);
        }
    }

    @Test
    void aWrongPasswordIsSaidAndTriedAgainOnlyAfterTheWait() throws Exception {
        try (BusFixture bus = new BusFixture(rabbit, "password")) {
            RabbitMqReceiver receiver = bus.start(slow(at(bus, "amqp://guest:wrong-word@127.0.0.1:" + rabbit.port())));
            assertThat(awaitDown(receiver))
                    .contains("refused user guest")
                    .contains("wrong password")
                    .doesNotContain("wrong-word");
            assertThat(receiver.status().attempts()).isEqualTo(1);
        }
    }

    @Test
    void anUnreachableBrokerIsSaidAndTriedAgainOnlyAfterTheWait() throws Exception {
        int nobody = FreePorts.next();
        try (BusFixture bus = new BusFixture(rabbit, "nobody")) {
            RabbitMqReceiver receiver = bus.start(slow(at(bus, "amqp://guest:guest@127.0.0.1:" + nobody)));
            assertThat(awaitDown(receiver)).contains("127.0.0.1:" + nobody).contains("nobody listens");
            assertThat(receiver.status().attempts()).isEqualTo(1);
        }
    }

    /** The second attempt is an hour away. */
    private static RabbitMqOptions slow(RabbitMqOptions options) {
        LinkTiming t = options.timing();
        Duration hour = Duration.ofHours(1);
        return options.withTiming(
                new LinkTiming(t.heartbeat(), t.connect(), t.answer(), hour, hour, t.check(), t.absentMost()));
    }

    @Test
    void anUnknownVirtualHostIsSaid() throws Exception {
        try (BusFixture bus = new BusFixture(rabbit, "vhost")) {
            RabbitMqReceiver receiver =
                    bus.start(at(bus, "amqp://guest:guest@127.0.0.1:" + rabbit.port() + "/nowhere"));
            assertThat(awaitDown(receiver)).contains("vhost nowhere not found").doesNotContain("#method");
        }
    }

    @Test
    void ofSeveralBrokersTheOneThatAnswersIsUsed() throws Exception {
        int nobody = FreePorts.next();
        try (BusFixture bus = new BusFixture(rabbit, "several")) {
            RabbitMqReceiver receiver =
                    bus.start(at(bus, "amqp://guest:guest@127.0.0.1:" + nobody + ",127.0.0.1:" + rabbit.port()));
            awaitUp(receiver);
            assertThat(receiver.health().detail()).contains("127.0.0.1:" + rabbit.port());
        }
    }

    @Test
    void theDocumentedPermissionsSuffice() throws Exception {
        rabbit.control("add_user", "nephometer", "word");
        rabbit.control(
                "set_permissions",
                "-p",
                "/",
                "nephometer",
                "^nephometer\\..*",
                "^nephometer\\..*",
                "^(nephometer\\..*|guest-service)$");
        String url = "amqp://nephometer:word@127.0.0.1:" + rabbit.port();
        try (BusFixture bus = new BusFixture(rabbit, "guest");
                BusFixture foreign = new BusFixture(rabbit, "foreign")) {
            RabbitMqReceiver receiver = bus.startReady(at(bus, url));
            bus.publish(1, 1);
            assertThat(numbers(take(receiver, 1))).containsExactly(1);

            RabbitMqReceiver refused = foreign.start(at(foreign, url));
            Await.until(() -> refused.health().detail().contains("may not read from exchanges foreign-service"));
            assertThat(refused.health()).isInstanceOf(Health.Degraded.class);
        }
    }

    @Test
    void theDocumentedPermissionsForExistingQueuesSuffice() throws Exception {
        rabbit.control("add_user", "reader", "word");
        rabbit.control("set_permissions", "-p", "/", "reader", "^$", "^$", "^(notifications\\.(info|error|sample))$");
        try (BusFixture bus = new BusFixture(rabbit, "reader");
                Connection service = rabbit.connection("service");
                Channel channel = service.createChannel()) {
            channel.queueDeclare("notifications.info", false, false, false, Map.of());
            channel.queueBind("notifications.info", bus.exchange, "notifications.info");
            RabbitMqOptions options = at(bus, "amqp://reader:word@127.0.0.1:" + rabbit.port())
                    .withIntake(new Intake.ExistingQueues(List.of("notifications.info")));
            RabbitMqReceiver receiver = bus.startReady(options);
            bus.publish(1, 1);
            assertThat(numbers(take(receiver, 1))).containsExactly(1);
        }
    }
}
