// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ListPage;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.glance.GlanceClient;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Microversion;
import io.nephometer.openstack.nova.NovaClient;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The questions that a refresher asks, counted. Not thread-safe. */
final class CountedCloud {
    private final NovaClient nova;
    private final ServerLists servers;
    private final GlanceClient glance;
    private Refresh.Requests requests = Refresh.Requests.NONE;

    CountedCloud(NovaClient nova, ServerLists servers, GlanceClient glance) {
        this.nova = nova;
        this.servers = servers;
        this.glance = glance;
    }

    /** What was asked since this was last asked. A list that fails counts as one. */
    Refresh.Requests take() {
        Refresh.Requests taken = requests;
        requests = Refresh.Requests.NONE;
        return taken;
    }

    /** That of Nova's API; null if Nova did not say it yet. */
    @Nullable Microversion microversion() {
        return nova.knownMicroversion();
    }

    /** Hosts of cells that Nova does not reach; empty if it does not say. */
    Optional<Set<String>> unreachedHosts() throws ApiException {
        count(ofNova(), 0, 0, 0);
        return servers.unreached(Reason.METADATA_DELTA);
    }

    /** What the list of everything that was read last left out. */
    Set<String> leftOut() {
        return servers.leftOut();
    }

    /** By what this Nova is known, whoever asks. Asks Keystone at most. */
    String identity() throws ApiException {
        return nova.identity();
    }

    /** The same by a token that is asked for now. */
    String identityNow() throws ApiException {
        return nova.identityNow();
    }

    /** Whether it is Nova's API that is asked. */
    boolean asksNova() {
        return servers.asksNova();
    }

    /** What is read elsewhere costs Nova nothing. */
    private long ofNova() {
        return servers.asksNova() ? 1 : 0;
    }

    private void count(long listings, long servers, long flavors, long images) {
        requests = requests.plus(new Refresh.Requests(listings, servers, flavors, images));
    }

    ListPage page(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException {
        count(ofNova(), 0, 0, 0);
        return servers.page(query, reason, each);
    }

    Optional<Server> server(String id) throws ApiException {
        count(0, ofNova(), 0, 0);
        return servers.server(id, Reason.SERVER);
    }

    List<Flavor> flavors() throws ApiException {
        List<Flavor> all = new ArrayList<>();
        count(0, 0, 1, 0);
        count(0, 0, nova.flavors(Reason.FLAVOR, all::add).pages() - 1L, 0);
        return all;
    }

    Optional<Flavor> flavor(String id) throws ApiException {
        count(0, 0, 1, 0);
        return nova.flavor(id, Reason.FLAVOR);
    }

    List<Image> images() throws ApiException {
        List<Image> all = new ArrayList<>();
        count(0, 0, 0, 1);
        count(0, 0, 0, glance.images(Reason.IMAGE, all::add).pages() - 1L);
        return all;
    }

    Optional<Image> image(String id) throws ApiException {
        count(0, 0, 0, 1);
        return glance.image(id, Reason.IMAGE);
    }
}
