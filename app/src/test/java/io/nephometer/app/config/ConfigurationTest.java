// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.app.config.RabbitMqSourceConfig.QueueType;
import io.nephometer.app.config.RabbitMqSourceConfig.QueueUse;
import io.nephometer.inventory.discovery.DiscoveryMethod;
import io.nephometer.openstack.access.AccessSettings;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.runtime.config.ByteSize;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConfigReader;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.config.Problem;
import io.nephometer.runtime.config.Secret;
import io.nephometer.testkit.config.ConfigRecordAssert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final StoreConfig STORE = StoreConfigTest.STORE;
    private static final SharedCacheConfig SHARED = new SharedCacheConfig(
            new ConnectionUrl("redis://one"),
            null,
            null,
            "cloud",
            null,
            null,
            null,
            4,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
    private static final CentralConfig CENTRAL = new CentralConfig(
            "central-1",
            null,
            List.of(),
            false,
            false,
            "AUTH_",
            Duration.ofSeconds(10),
            null,
            8,
            Path.of("/var/lib/nephometer/central-spool"),
            new ByteSize(200_000_000));
    private static final BatchConfig BATCH = new BatchConfig(500, ByteSize.parse("8MiB"), Duration.ofMillis(500));
    private static final CollectorConfig COLLECTOR = new CollectorConfig(
            List.of(),
            BATCH,
            1,
            ByteSize.parse("8MiB"),
            20,
            null,
            false,
            Duration.ofHours(1),
            Duration.ofDays(7),
            10_000);
    private static final DefinitionsConfig DEFINITIONS =
            new DefinitionsConfig(null, null, false, List.of(), List.of("metering."), List.of(), 256);
    private static final TelemetryConfig TELEMETRY = new TelemetryConfig(true, "127.0.0.1", 9473);
    private static final LoggingConfig LOGGING = new LoggingConfig(LogLevel.INFO, Map.of());
    private static final RabbitMqSourceConfig RABBITMQ = new RabbitMqSourceConfig(
            new ConnectionUrl("rabbit://one"),
            null,
            "nephometer.notifications",
            QueueUse.OWN,
            QueueType.CLASSIC,
            ByteSize.parse("2GiB"),
            List.of(("nova glance neutron cinder openstack keystone heat swift ceilometer"
                            + " trove magnum zaqar dns designate ironic aodh octavia manila")
                    .split(" ", -1)),
            List.of("notifications"),
            List.of("info", "error", "sample"),
            null,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            null,
            true,
            null);

    private static final OpenStackConfig OPENSTACK = new OpenStackConfig(access(null), ApiSettings.defaults());
    private static final InventoryConfig INVENTORY =
            new InventoryConfig(false, InventorySource.API, Duration.ofMinutes(1), Duration.ofDays(1));
    private static final ComputeConfig COMPUTE = new ComputeConfig(
            "compute-1",
            "qemu:///system",
            Duration.ofSeconds(20),
            null,
            DiscoveryMethod.LIBVIRT_METADATA,
            true,
            Duration.ZERO,
            Duration.ofHours(1),
            false,
            Duration.ofMinutes(10),
            false,
            List.of("metering."),
            List.of(),
            256,
            null);
    private static final SampleBusConfig SAMPLE_BUS = new SampleBusConfig(
            new ConnectionUrl("rabbit://one"),
            null,
            "ceilometer",
            "notifications",
            false,
            false,
            null,
            Path.of("/var/lib/nephometer/spool"),
            ByteSize.parse("200MB"),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            null);

    private static AccessSettings access(@Nullable String cloud) {
        return new AccessSettings(
                cloud,
                null,
                null,
                null,
                "Default",
                null,
                null,
                "Default",
                false,
                null,
                null,
                null,
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
    }

    @Test
    void root() {
        ConfigRecordAssert<Configuration> record = ConfigRecordAssert.of(Configuration.class);
        record.hasDefaults(new Configuration(
                List.of(Role.ALL),
                STORE,
                COLLECTOR,
                DEFINITIONS,
                null,
                OPENSTACK,
                INVENTORY,
                null,
                null,
                null,
                null,
                TELEMETRY,
                LOGGING));
        record.bindsEveryKey(
                """
                roles: [collector]
                store: {connections: 5}
                collector: {workers: 2}
                definitions: {store_raw: [error]}
                nova_cells: {cells: [{name: cell1, url: 'mariadb://one/nova'}]}
                openstack: {access: {cloud: mine}}
                inventory: {global_resource_cache: true}
                shared_cache: {url: "redis://one"}
                compute: {host: compute-1}
                central: {name: central-1}
                audits: {name: audit-1}
                telemetry: {port: 0}
                logging: {level: warn}
                """,
                new Configuration(
                        List.of(Role.COLLECTOR),
                        StoreConfigTest.withConnections(5),
                        new CollectorConfig(
                                List.of(),
                                BATCH,
                                2,
                                COLLECTOR.maxMessageBytes(),
                                20,
                                null,
                                false,
                                Duration.ofHours(1),
                                COLLECTOR.memberAbsence(),
                                10_000),
                        new DefinitionsConfig(
                                null, null, false, List.of("error"), List.of("metering."), List.of(), 256),
                        NovaCellsConfigTest.withDefaults(),
                        new OpenStackConfig(access("mine"), ApiSettings.defaults()),
                        new InventoryConfig(true, InventorySource.API, Duration.ofMinutes(1), Duration.ofDays(1)),
                        SHARED,
                        COMPUTE,
                        CENTRAL,
                        AuditsConfigTest.audits("audit-1"),
                        new TelemetryConfig(true, "127.0.0.1", 0),
                        new LoggingConfig(LogLevel.WARN, Map.of())));
    }

    @Test
    void collector() {
        ConfigRecordAssert<CollectorConfig> record = ConfigRecordAssert.of(CollectorConfig.class);
        record.hasDefaults(COLLECTOR);
        record.bindsEveryKey(
                """
                rabbitmq: [{url: 'rabbit://one'}]
                batch: {max_messages: 1}
                workers: 3
                max_message_bytes: 1MiB
                equal_rejections_limit: 500
                sample_secret: ours
                notification_feed: true
                late_metadata_patience: 2h
                member_absence: 30d
                max_members: 500
                """,
                new CollectorConfig(
                        List.of(RABBITMQ),
                        new BatchConfig(1, BATCH.maxBytes(), BATCH.timeout()),
                        3,
                        ByteSize.parse("1MiB"),
                        500,
                        new Secret("ours"),
                        true,
                        Duration.ofHours(2),
                        Duration.ofDays(30),
                        500));
    }

    @Test
    void batch() {
        ConfigRecordAssert<BatchConfig> record = ConfigRecordAssert.of(BatchConfig.class);
        record.hasDefaults(BATCH);
        record.bindsEveryKey(
                "{max_messages: 10, max_bytes: 1MiB, timeout: 1s}",
                new BatchConfig(10, ByteSize.parse("1MiB"), Duration.ofSeconds(1)));
    }

    @Test
    void rabbitMqSource() {
        ConfigRecordAssert<RabbitMqSourceConfig> record =
                new ConfigRecordAssert<>(RabbitMqSourceConfig.class, "url: rabbit://one");
        record.hasDefaults(RABBITMQ);
        record.bindsEveryKey(
                """
                url: amqps://two
                password: word
                queue: notifications.info
                use: existing
                type: quorum
                max_length_bytes: 1GiB
                exchanges: [nova]
                topics: [versioned_notifications]
                priorities: [warn]
                prefetch: 7
                connect_timeout: 1s
                heartbeat: 5s
                tls: {verify_host: false}
                feeds_cache: false
                batch: {max_messages: 1}
                """,
                new RabbitMqSourceConfig(
                        new ConnectionUrl("amqps://two"),
                        new Secret("word"),
                        "notifications.info",
                        QueueUse.EXISTING,
                        QueueType.QUORUM,
                        ByteSize.parse("1GiB"),
                        List.of("nova"),
                        List.of("versioned_notifications"),
                        List.of("warn"),
                        7,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        new TlsConfig(null, null, null, false),
                        false,
                        new BatchConfig(1, BATCH.maxBytes(), BATCH.timeout())));
    }

    @Test
    void tls() {
        ConfigRecordAssert<TlsConfig> record = ConfigRecordAssert.of(TlsConfig.class);
        record.hasDefaults(new TlsConfig(null, null, null, true));
        record.bindsEveryKey(
                "{authorities: /a, certificate: /b, key: /c, verify_host: false}",
                new TlsConfig(Path.of("/a"), Path.of("/b"), Path.of("/c"), false));
    }

    @Test
    void definitions() {
        ConfigRecordAssert<DefinitionsConfig> record = ConfigRecordAssert.of(DefinitionsConfig.class);
        record.hasDefaults(DEFINITIONS);
        record.bindsEveryKey(
                """
                directory: /d
                additions: /e
                drop_unmatched_notifications: true
                store_raw: [info]
                reserved_metadata_namespace: [a.]
                reserved_metadata_keys: [b]
                reserved_metadata_length: 10
                """,
                new DefinitionsConfig(
                        Path.of("/d"), Path.of("/e"), true, List.of("info"), List.of("a."), List.of("b"), 10));
    }

    @Test
    void telemetry() {
        ConfigRecordAssert<TelemetryConfig> record = ConfigRecordAssert.of(TelemetryConfig.class);
        record.hasDefaults(TELEMETRY);
        record.bindsEveryKey("{enabled: false, address: '::1', port: 80}", new TelemetryConfig(false, "::1", 80));
    }

    @Test
    void logging() {
        ConfigRecordAssert<LoggingConfig> record = ConfigRecordAssert.of(LoggingConfig.class);
        record.hasDefaults(LOGGING);
        record.bindsEveryKey(
                "{level: debug, levels: {io.nephometer: trace}}",
                new LoggingConfig(LogLevel.DEBUG, Map.of("io.nephometer", LogLevel.TRACE)));
    }

    @Test
    void whatCannotWorkIsRefusedAtItsLine() {
        assertThat(problems("""
                        roles: []
                        store: {url: 'mysql://x/y'}
                        collector:
                          batch:
                            timeout: 0s
                          rabbitmq:
                            - url: http://x
                            - {url: 'rabbit://x', queue: ' '}
                            - {url: 'rabbit://x', exchanges: []}
                            - {url: 'amqps://x', tls: {key: /k}}
                            - {url: 'rabbit://x', tls: {}}
                        """))
                .containsExactly(
                        "f:2: store.url: mysql://x/y: expected sqlite:PATH, postgresql://host:port/database "
                                + "or mariadb://host:port/database",
                        "f:5: collector.batch.timeout: 0s: expected " + DURATION + ", 1ms to 5m",
                        "f:7: collector.rabbitmq[0].url: http://x: not an address such as amqp://user:password@host:5672/vhost",
                        "f:8: collector.rabbitmq[1].queue:  : expected the name of a queue",
                        "f:9: collector.rabbitmq[2].exchanges: our own queue needs at least one exchange, topic and priority",
                        "f:10: collector.rabbitmq[3].tls.certificate: certificate and key go together",
                        "f:11: collector.rabbitmq[4].tls: expected an address that begins with amqps://, or else no tls");
        assertThat(problems("roles: []")).containsExactly("f:1: roles: at least one role is needed");
    }

    private static final String DURATION = "a duration with its unit, such as 300ms, 5s, 1h30m, 7d or PT5S";

    private static List<String> problems(String yaml) {
        ConfigException thrown = catchThrowableOfType(
                ConfigException.class, () -> new ConfigReader("N", Map.of()).read(yaml, "f", Configuration.class));
        return thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void compute() {
        ConfigRecordAssert<ComputeConfig> record = ConfigRecordAssert.of(ComputeConfig.class);
        record.hasDefaults(new ComputeConfig(
                null,
                COMPUTE.libvirtUri(),
                COMPUTE.hypervisorTimeout(),
                null,
                COMPUTE.instanceDiscoveryMethod(),
                true,
                Duration.ZERO,
                COMPUTE.resourceCacheExpiry(),
                false,
                COMPUTE.fallbackInterval(),
                false,
                COMPUTE.reservedMetadataNamespace(),
                List.of(),
                COMPUTE.reservedMetadataLength(),
                null));
        record.bindsEveryKey(
                """
                host: one
                libvirt_uri: qemu+unix:///system?socket=/run/x
                hypervisor_timeout: 5s
                polling: /etc/polling.yaml
                instance_discovery_method: naive
                resource_metadata_caching: false
                resource_update_interval: 30s
                resource_cache_expiry: 2h
                refreshes_global_cache: true
                fallback_interval: 20m
                report_stopped_instance_metrics: true
                reserved_metadata_namespace: [mine.]
                reserved_metadata_keys: [owner]
                reserved_metadata_length: 10
                publish: {url: "rabbit://one"}
                """,
                new ComputeConfig(
                        "one",
                        "qemu+unix:///system?socket=/run/x",
                        Duration.ofSeconds(5),
                        Path.of("/etc/polling.yaml"),
                        DiscoveryMethod.NAIVE,
                        false,
                        Duration.ofSeconds(30),
                        Duration.ofHours(2),
                        true,
                        Duration.ofMinutes(20),
                        true,
                        List.of("mine."),
                        List.of("owner"),
                        10,
                        SAMPLE_BUS));
    }

    @Test
    void inventory() {
        ConfigRecordAssert<InventoryConfig> record = ConfigRecordAssert.of(InventoryConfig.class);
        record.hasDefaults(INVENTORY);
        record.bindsEveryKey(
                """
                global_resource_cache: true
                source: cells
                interval_to_update_resource: 10m
                resource_cache_expiry: 12h
                """, new InventoryConfig(true, InventorySource.CELLS, Duration.ofMinutes(10), Duration.ofHours(12)));
    }

    @Test
    void sampleBus() {
        ConfigRecordAssert<SampleBusConfig> record =
                new ConfigRecordAssert<>(SampleBusConfig.class, "url: rabbit://one");
        record.hasDefaults(SAMPLE_BUS);
        record.bindsEveryKey(
                """
                url: amqps://two
                password: word
                exchange: other
                topic: metering
                bare: true
                sign: true
                telemetry_secret: key
                spool: /tmp/spool
                spool_max_bytes: 10MB
                connect_timeout: 1s
                heartbeat: 2s
                tls: {}
                """,
                new SampleBusConfig(
                        new ConnectionUrl("amqps://two"),
                        new Secret("word"),
                        "other",
                        "metering",
                        true,
                        true,
                        new Secret("key"),
                        Path.of("/tmp/spool"),
                        ByteSize.parse("10MB"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        new TlsConfig(null, null, null, true)));
    }

    /** Both keys are named, at the line of the bound. */
    @Test
    void aStalenessThatNoProbeCanProveIsRefused() {
        String proven = ": no replica can be proven to lack less than passes between two probes: expected at least 10s";
        String store = "store:\n  probe_interval: 10s\n";
        assertThat(problems(store + "  max_staleness: 9s"))
                .containsExactly("f:3: store.max_staleness: 9s" + proven + " (store.probe_interval)");
        assertThat(problems(store + "audits:\n  max_staleness: 9s"))
                .containsExactly("f:4: audits.max_staleness: 9s" + proven + " (store.probe_interval)");
        for (String audit : List.of("usage", "bandwidth", "volumes", "hosts", "pending_deletes")) {
            assertThat(problems(store + "audits:\n  " + audit + ":\n    max_staleness: 9s"))
                    .containsExactly(
                            "f:5: audits." + audit + ".max_staleness: 9s" + proven + " (store.probe_interval)");
        }
        assertThat(problems("nova_cells:\n  probe_interval: 10s\n  max_staleness: 9s"))
                .containsExactly("f:3: nova_cells.max_staleness: 9s" + proven + " (nova_cells.probe_interval)");
    }

    @Test
    void aSignatureNeedsASecret() {
        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> new ConfigReader("NEPHOMETER", Map.of())
                        .read("compute: {publish: {url: 'rabbit://one', sign: true}}", "x.yaml", Configuration.class));
        assertThat(refused.problems())
                .singleElement()
                .extracting(Problem::key)
                .isEqualTo("compute.publish.telemetry_secret");
    }
}
