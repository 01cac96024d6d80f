// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.app.SideBySide;
import io.nephometer.app.collector.DeferredLedger;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.compute.CloudLogin;
import io.nephometer.app.compute.PollingFile;
import io.nephometer.app.config.CentralConfig;
import io.nephometer.app.config.EtcdConfig;
import io.nephometer.app.config.OpenStackConfig;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.etcd.EtcdCoordinator;
import io.nephometer.coordination.memory.InProcessCoordinator;
import io.nephometer.coordination.sql.SqlCoordinator;
import io.nephometer.coordination.sql.SqlEngine;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import io.nephometer.sources.polling.central.CentralMeasuring;
import io.nephometer.sources.polling.central.IdentityNames;
import io.nephometer.sources.polling.central.NamingMeasuring;
import io.nephometer.sources.polling.central.UnitMeasuring;
import io.nephometer.sources.polling.central.WorkPlan;
import io.nephometer.sources.polling.central.cloud.CloudOptions;
import io.nephometer.sources.polling.central.cloud.CloudPollsters;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import io.nephometer.sources.polling.duty.DutyOptions;
import io.nephometer.sources.polling.duty.LedgerClock;
import io.nephometer.sources.polling.dynamic.DynamicUnits;
import io.nephometer.sources.polling.dynamic.definition.DefinitionOptions;
import io.nephometer.sources.polling.dynamic.definition.DynamicDefinitions;
import io.nephometer.sources.polling.dynamic.run.CloudFetch;
import io.nephometer.sources.polling.dynamic.run.DynamicPolling;
import io.nephometer.sources.polling.dynamic.run.WebFetch;
import io.nephometer.sources.polling.spool.SpoolOptions;
import io.nephometer.store.LedgerConnections;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what polls the cloud's public APIs, in the role central or in the role all. */
public final class CentralPollingAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(CentralPollingAssembly.class);
    /** What a process that does nothing else reads at once of the ledger, apart from what it looks at. */
    public static final int READERS = 2;
    /** What names polling.yaml in the configuration. */
    static final String POLLING = "central.polling";

    private static final String NAMESPACE = "central";
    /** For membership: one for beats, one for looks. Who hangs keeps its own taken until it has ended. */
    static final int CONNECTIONS = 2;

    private final OpenStackConfig openstack;
    private final CentralConfig config;
    private final Surroundings surroundings;

    public CentralPollingAssembly(OpenStackConfig openstack, CentralConfig config, Surroundings surroundings) {
        this.openstack = openstack;
        this.config = config;
        this.surroundings = surroundings;
    }

    /**
     * The ledger that is polled into.
     *
     * @param ledger opened when it can be reached
     * @param processor makes samples of messages
     */
    public record LedgerSide(StoreUrl url, LedgerOptions options, DeferredLedger ledger, MessageProcessor processor) {}

    /**
     * Adds its parts to a process.
     *
     * @param leaving ends together with other parts, before all of the process
     * @throws ConfigException if something is missing, or definitions cannot be read
     * @throws PollingDefinitionException if polling.yaml is faulty
     */
    public void addTo(Lifecycle lifecycle, SideBySide leaving, LedgerSide side)
            throws ConfigException, PollingDefinitionException {
        PollingDefinition definition = PollingFile.read(config.polling(), POLLING, PollingDefinition::shippedCentral);
        DynamicDefinitions dynamic = definitions(config);
        dynamic.problems().forEach(problem -> LOG.warn("{}", problem.text()));
        OpenStackCloud cloud = new CloudLogin(openstack, surroundings.registry()).open();
        LedgerClock clock = new LedgerClock(surroundings.clock(), surroundings.ticker());
        LedgerReach reach = CentralPolling.reach(surroundings.ticker(), config.lease());
        CentralUnits units = units(definition, dynamic, cloud, side, reach, clock);
        definition.warnings().forEach(problem -> LOG.warn("{}", problem.text()));
        units.plan().problems().forEach(problem -> LOG.warn("{}", problem.text()));
        if (units.units().isEmpty()) {
            LOG.warn("{} wants no meter that is measured here", definition.file());
        }
        String member = config.name() == null ? surroundings.host() : config.name();
        CentralPolling polling = new CentralPolling(
                new CentralPolling.Parts(
                        member,
                        coordinator(lifecycle, side),
                        units.units(),
                        plan(units),
                        measuring(units, cloud),
                        clock,
                        side.ledger()::ledger,
                        reach,
                        side.ledger(),
                        side.processor(),
                        new SpoolOptions(config.spool(), config.spoolMaxBytes().bytes()),
                        options()),
                surroundings);
        surroundings.health().register("central polling", polling::health);
        surroundings.health().register("central spool", polling::spoolHealth);
        lifecycle.add("cloud of the central agent", cloud);
        leaving.add("central polling", polling::start, polling::close);
    }

    /** All that decides what is measured, as a text: the same where that is the same. */
    private String plan(CentralUnits units) throws ConfigException {
        return String.join(
                "\n",
                CloudPlace.of(CloudLogin.access(openstack, "configuration")),
                units.plan().text(),
                units.described().text(),
                DynamicDefinitions.shippedText(),
                texts(config.pollsters()),
                config.ignoreDisabledProjects() + " " + config.resellerPrefix() + " " + config.identityNameDiscovery());
    }

    private static String texts(List<Path> folders) throws ConfigException {
        StringBuilder texts = new StringBuilder();
        for (Path folder : folders) {
            try {
                texts.append(DynamicDefinitions.textOfDirectory(folder));
            } catch (IOException e) {
                throw unreadable(folder, e);
            }
        }
        return texts.toString();
    }

    private static ConfigException unreadable(Path folder, IOException cause) {
        return new ConfigException(List.of(new Problem(
                new Origin(folder.toString(), 0), "central.pollsters", folder.toString(), "cannot be read: " + cause)));
    }

    private UnitMeasuring measuring(CentralUnits units, OpenStackCloud cloud) {
        if (!config.identityNameDiscovery()) {
            return units;
        }
        IdentityNames names = new IdentityNames(cloud.keystone(), surroundings.ticker(), reading -> Thread.ofVirtual()
                .name("identity-names")
                .start(reading));
        names.look();
        return new NamingMeasuring(units, names);
    }

    private CentralUnits units(
            PollingDefinition definition,
            DynamicDefinitions dynamic,
            OpenStackCloud cloud,
            LedgerSide side,
            LedgerReach reach,
            InstantSource clock) {
        CloudOptions options = new CloudOptions(config.ignoreDisabledProjects(), config.resellerPrefix());
        WorkPlan plan = new WorkPlan(
                definition, CloudPollsters.pollsters(cloud, options), CloudPollsters.discoveries(cloud, options));
        LedgerRosters rosters = new LedgerRosters(reach.of(side.ledger()::ledger), clock, surroundings.ticker());
        surroundings.health().register("central rosters", rosters::health);
        CentralMeasuring measuring = new CentralMeasuring(
                plan,
                rosters,
                config.atOnce(),
                clock,
                surroundings.ticker(),
                new MeasuringMetrics(surroundings.registry()));
        DynamicUnits described = new DynamicUnits(
                definition.sources(),
                dynamic.of(Set.of(NAMESPACE)),
                new DynamicPolling(new CloudFetch(cloud::service, new WebFetch(null)), surroundings.ticker()),
                clock,
                surroundings.ticker());
        return new CentralUnits(plan, measuring, described);
    }

    private DutyOptions options() {
        DutyOptions usual = DutyOptions.DEFAULTS;
        return new DutyOptions(config.atOnce(), usual.spread(), usual.leastLeft(), usual.patience());
    }

    /** The dynamic pollsters that are shipped, and those of the configured folders. */
    static DynamicDefinitions definitions(CentralConfig config) throws ConfigException {
        List<DynamicDefinitions> parts = new ArrayList<>(List.of(DynamicDefinitions.shipped()));
        for (Path folder : config.pollsters()) {
            try {
                parts.add(DynamicDefinitions.ofDirectory(folder, DefinitionOptions.DEFAULT));
            } catch (IOException e) {
                throw unreadable(folder, e);
            }
        }
        return DynamicDefinitions.joined(parts);
    }

    private Coordinator coordinator(Lifecycle lifecycle, LedgerSide side) {
        EtcdConfig etcd = config.etcd();
        if (etcd != null) {
            return new EtcdCoordinator(etcd.options(), config.lease(), surroundings.ticker());
        }
        Optional<LedgerConnections> database = Ledgers.connections(side.url(), side.options(), CONNECTIONS);
        if (database.isEmpty()) {
            LOG.info("The ledger is of one process: this is the only central agent of it");
            return new InProcessCoordinator(config.lease(), surroundings.ticker());
        }
        lifecycle.add("coordination", database.get());
        SqlEngine engine = side.url() instanceof StoreUrl.MariaDb ? SqlEngine.MARIADB : SqlEngine.POSTGRESQL;
        return new SqlCoordinator(database.get().source(), engine, config.lease());
    }
}
