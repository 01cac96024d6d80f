// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.SampleBusConfig;
import io.nephometer.app.config.TlsConfig;
import io.nephometer.model.Incarnation;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.sources.notifications.Broker;
import io.nephometer.sources.notifications.LinkTiming;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.bus.CarrierOptions;
import io.nephometer.sources.polling.bus.CountingCarrier;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.RabbitMqCarrier;
import io.nephometer.sources.polling.spool.Spool;
import io.nephometer.sources.polling.spool.SpoolDrain;
import io.nephometer.sources.polling.spool.SpoolOptions;
import io.nephometer.sources.polling.spool.SpoolingSink;
import java.io.IOException;
import java.util.List;

/** The way of measurements to the bus, by way of the disk while no broker takes them. */
final class SampleBus {
    private final RabbitMqCarrier carrier;
    private final Spool spool;
    private final SpoolDrain drain;
    private final SpoolingSink sink;

    /** @param run which run of this host's agent measures */
    SampleBus(SampleBusConfig config, String host, Incarnation run, Surroundings surroundings) {
        BusMetrics metrics = new BusMetrics(surroundings.registry());
        PollingEnvelope envelope = new PollingEnvelope(envelope(config).by(run));
        carrier = new RabbitMqCarrier(carrier(config, host), surroundings.ticker(), metrics);
        spool = new Spool(
                new SpoolOptions(config.spool(), config.spoolMaxBytes().bytes()), metrics);
        CountingCarrier counting = new CountingCarrier(carrier);
        drain = new SpoolDrain(spool, counting, envelope, host, metrics);
        sink = new SpoolingSink(envelope, counting, spool, metrics, surroundings.ticker());
        BusMetrics.bind(surroundings.registry(), spool);
        surroundings.health().register("sample bus", carrier::health);
        surroundings.health().register("spool", spool::health);
    }

    private static EnvelopeOptions envelope(SampleBusConfig config) {
        Secret secret = config.telemetrySecret();
        EnvelopeOptions options =
                config.bare() ? EnvelopeOptions.defaults().withoutMetadata() : EnvelopeOptions.defaults();
        return config.sign() && secret != null ? options.withSecret(secret) : options;
    }

    private static CarrierOptions carrier(SampleBusConfig config, String host) {
        LinkTiming usual = LinkTiming.defaults();
        LinkTiming timing = new LinkTiming(
                config.heartbeat(),
                config.connectTimeout(),
                usual.answer(),
                usual.retryFirst(),
                usual.retryMost(),
                usual.check(),
                usual.absentMost());
        CarrierOptions options = CarrierOptions.of(host, brokers(config));
        TlsConfig tls = config.tls();
        return options.withExchange(config.exchange(), options.absent())
                .withRoutingKey(config.topic() + ".sample")
                .withTiming(timing)
                .withTls(tls == null ? TlsOptions.defaults() : tls.options());
    }

    private static List<Broker> brokers(SampleBusConfig config) {
        Secret password = config.password();
        List<Broker> brokers = Broker.parse(config.url().reveal());
        return password == null
                ? brokers
                : brokers.stream()
                        .map(broker -> broker.withPassword(password.reveal()))
                        .toList();
    }

    MeasurementSink sink() {
        return sink;
    }

    /** A folder that cannot be used keeps nothing from starting: measurements go to the bus alone then. */
    void start() {
        spool.start();
        drain.start();
    }

    void close() throws IOException, InterruptedException {
        drain.close();
        carrier.close();
        spool.close();
    }
}
