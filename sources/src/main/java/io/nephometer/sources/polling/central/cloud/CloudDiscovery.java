// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.cinder.CinderClient;
import io.nephometer.openstack.glance.GlanceClient;
import io.nephometer.openstack.keystone.KeystoneClient;
import io.nephometer.openstack.neutron.NeutronClient;
import io.nephometer.sources.polling.central.Discovered;
import io.nephometer.sources.polling.central.Discovery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of the API, each entry known by an id that stays.
 *
 * @param id null if an entry has none: then it is passed over, and counted
 */
record CloudDiscovery(String name, Lister lister, Function<Map<String, @Nullable Object>, @Nullable String> id)
        implements Discovery {
    static final String IMAGES = "images";
    static final String VOLUMES = "volumes";
    static final String SNAPSHOTS = "volume_snapshots";
    static final String BACKUPS = "volume_backups";
    static final String POOLS = "volume_pools";
    static final String SERVICES = "volume_services";
    static final String FLOATING_IPS = "fip_services";
    static final String PROJECTS = "tenant";

    /** Reads a list to its end. */
    @FunctionalInterface
    interface Lister {
        void list(Reason reason, Consumer<Map<String, @Nullable Object>> each) throws ApiException;
    }

    static List<Discovery> all(OpenStackCloud cloud, CloudOptions options) {
        GlanceClient glance = cloud.glance();
        CinderClient cinder = cloud.cinder();
        NeutronClient neutron = cloud.neutron();
        KeystoneClient keystone = cloud.keystone();
        return List.of(
                of(IMAGES, glance::entries),
                of(VOLUMES, cinder::volumes),
                of(SNAPSHOTS, cinder::snapshots),
                of(BACKUPS, cinder::backups),
                new CloudDiscovery(POOLS, pools(cinder), entry -> text(entry, "name")),
                new CloudDiscovery(SERVICES, cinder::services, CloudDiscovery::service),
                of(FLOATING_IPS, neutron::floatingIps),
                of(PROJECTS, (reason, each) -> keystone.projects(options.ignoreDisabledProjects(), reason, each)));
    }

    private static CloudDiscovery of(String name, Lister lister) {
        return new CloudDiscovery(name, lister, entry -> text(entry, "id"));
    }

    /** What a pool can do stands beside its name, as {@code cinderclient} shows it. */
    private static Lister pools(CinderClient cinder) {
        return (reason, each) -> cinder.pools(reason, entry -> {
            Map<String, @Nullable Object> flat = new LinkedHashMap<>();
            if (entry.get("capabilities") instanceof Map<?, ?> capabilities) {
                capabilities.forEach((name, value) -> flat.put(String.valueOf(name), value));
            }
            flat.put("name", entry.get("name"));
            each.accept(flat);
        });
    }

    private static @Nullable String service(Map<String, @Nullable Object> entry) {
        String binary = text(entry, "binary");
        String host = text(entry, "host");
        return binary == null || host == null ? null : binary + "@" + host;
    }

    private static @Nullable String text(Map<String, @Nullable Object> entry, String name) {
        return entry.get(name) instanceof String text && !text.isBlank() ? text : null;
    }

    @Override
    public long list(Consumer<Discovered> each) throws ApiException {
        AtomicLong nameless = new AtomicLong();
        lister.list(Reason.DISCOVERY, entry -> {
            String known = id.apply(entry);
            if (known == null) {
                nameless.incrementAndGet();
            } else {
                each.accept(new Discovered(known, entry));
            }
        });
        return nameless.get();
    }
}
