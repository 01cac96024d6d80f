// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.hypervisor.TestDriverFile;
import io.nephometer.testkit.servers.PrivateLibvirt;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What an agent finds around it: a real libvirtd with the domains of its test driver, a simulated Keystone, Nova and Glance in this
 * process that know these domains as servers, and a real broker with a queue for its samples.
 */
final class TestBed implements AutoCloseable {
    private static final String QUEUE = "samples";
    private static final Map<String, String> SOURCES =
            Map.of("ceilometer", "notifications.sample", "openstack", "notifications.sample");

    private final PrivateLibvirt libvirt = new PrivateLibvirt();
    private final PrivateRabbitMq broker = new PrivateRabbitMq();
    private final SimulatedCloud cloud;
    private final String domains;
    private final Connection connection;
    private final Channel channel;

    private TestBed(int instances) throws Exception {
        cloud = new SimulatedCloud(SimulatedCloudOptions.of(Clock.systemUTC(), 1, instances)
                .withRates(LifeRates.none())
                .withTokenLifetime(Duration.ofDays(1)));
        cloud.start();
        libvirt.start();
        broker.start();
        domains = libvirt.write("domains.xml", TestDriverFile.of(cloud.cloud().servers()))
                .toString();
        connection = broker.connection("samples");
        channel = connection.createChannel();
    }

    static TestBed start(int instances) throws Exception {
        TestBed bed = new TestBed(instances);
        bed.channel.queueDeclare(QUEUE, false, false, false, Map.of());
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            bed.channel.exchangeDeclare(source.getKey(), BuiltinExchangeType.TOPIC, false, false, Map.of());
            bed.channel.queueBind(QUEUE, source.getKey(), source.getValue());
        }
        return bed;
    }

    String libvirtUri() {
        return libvirt.uri("test", domains);
    }

    /** How often a function of libvirt was called. */
    long libvirtCalls(String function) {
        return libvirt.calls(function);
    }

    SimulatedCloud cloud() {
        return cloud;
    }

    String host() {
        return cloud.cloud().hosts().getFirst().name();
    }

    /** What follows the scheme in the broker's URL. */
    String brokerAddress() {
        return "guest:guest@127.0.0.1:" + broker.port() + "/";
    }

    /** Messages with samples that have come since the queue was emptied. */
    long messages() throws Exception {
        return channel.messageCount(QUEUE);
    }

    void emptyQueue() throws Exception {
        channel.queuePurge(QUEUE);
    }

    @Override
    public void close() {
        connection.abort();
        broker.close();
        libvirt.close();
        cloud.close();
    }
}
