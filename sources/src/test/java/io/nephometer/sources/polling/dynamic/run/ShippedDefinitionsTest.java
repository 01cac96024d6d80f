// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.nephometer.sources.polling.dynamic.definition.DynamicDefinitions;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped definitions, on answers as the services' API references show them. */
class ShippedDefinitionsTest {
    private static final DynamicDefinitions SHIPPED = DynamicDefinitions.shipped();

    private final CannedFetch fetch = new CannedFetch();

    private List<Reading> poll(String name) throws InterruptedException {
        DynamicPollsterDefinition definition = SHIPPED.pollsters().stream()
                .filter(pollster -> pollster.name().equals(name))
                .findFirst()
                .orElseThrow();
        DynamicResult result = new DynamicPolling(fetch, () -> 0).poll(definition);
        assertThat(result.shortfalls()).isEmpty();
        return result.readings();
    }

    @Test
    void loadBalancersHaveTheirStatusPageByPage() throws Exception {
        fetch.endpoint("load-balancer", "http://lb.test:9876")
                .answer("/v2/lbaas/loadbalancers", """
                        {"loadbalancers": [{"id": "l1", "project_id": "p1", "name": "web", "vip_address": "10.0.0.5",
                          "vip_port_id": "v1", "provisioning_status": "ACTIVE", "operating_status": "DEGRADED",
                          "provider": "amphora", "flavor_id": "", "availability_zone": null}],
                         "loadbalancers_links": [{"rel": "next", "href": "http://lb.test:9876/v2/lbaas/loadbalancers?marker=l1"}]}
                        """)
                .answer("/v2/lbaas/loadbalancers?marker=l1", """
                        {"loadbalancers": [{"id": "l2", "project_id": "p2", "name": "db", "vip_address": "10.0.0.6",
                          "vip_port_id": "v2", "provisioning_status": "PENDING_CREATE", "operating_status": "OFFLINE"}],
                         "loadbalancers_links": [{"rel": "previous", "href": "x"}]}
                        """);

        assertThat(poll("loadbalancer.operating"))
                .extracting(Reading::resourceId, Reading::projectId, Reading::volume)
                .containsExactly(tuple("l1", "p1", 4L), tuple("l2", "p2", 3L));
        List<Reading> provisioning = poll("loadbalancer.provisioning");
        assertThat(provisioning).extracting(Reading::volume).containsExactly(1L, 4L);
        assertThat(provisioning.getFirst().metadata())
                .containsOnlyKeys(
                        "name",
                        "vip_address",
                        "vip_port_id",
                        "provisioning_status",
                        "operating_status",
                        "provider",
                        "flavor_id",
                        "availability_zone");
    }

    @Test
    void zonesHaveStatusTtlAndSerial() throws Exception {
        fetch.endpoint("dns", "http://dns.test:9001/").answer("/v2/zones", """
                {"zones": [{"id": "z1", "project_id": "p1", "name": "example.com.", "email": "a@example.com", "ttl": null,
                  "description": null, "type": "PRIMARY", "status": "PENDING", "action": "CREATE", "serial": 1404757531,
                  "pool_id": "pool"}], "links": {"self": "http://dns.test:9001/v2/zones"}}
                """);

        assertThat(poll("dns.zone.status")).extracting(Reading::volume).containsExactly(2L);
        assertThat(poll("dns.zone.ttl"))
                .extracting(Reading::volume, Reading::unit)
                .containsExactly(tuple(0L, "second"));
        assertThat(poll("dns.zone.serial")).extracting(Reading::volume).containsExactly(1404757531L);
        assertThat(fetch.asked())
                .allSatisfy(question -> assertThat(question.headers()).containsEntry("X-Auth-All-Projects", "true"));
    }

    @Test
    void sharesHaveSizeAndStatus() throws Exception {
        fetch.endpoint("shared-file-system", "http://share.test:8786/v2")
                .answer("/v2/shares/detail?all_tenants=1", """
                        {"shares": [{"id": "s1", "project_id": "p1", "name": "docs", "size": 5, "status": "extending",
                          "availability_zone": "nova", "share_proto": "NFS", "share_type": "t", "share_network_id": null,
                          "host": "h@b#p", "is_public": false}]}
                        """);

        assertThat(poll("manila.share.size")).extracting(Reading::volume).containsExactly(5L);
        List<Reading> status = poll("manila.share.status");
        assertThat(status).extracting(Reading::volume).containsExactly(7L);
        assertThat(status.getFirst().metadata())
                .containsEntry("protocol", "NFS")
                .containsEntry("host", "h@b#p")
                .doesNotContainKey("share_proto");
    }

    @Test
    void connectionsOfVpnKeepTheirKeyToThemselves() throws Exception {
        fetch.endpoint("network", "http://net.test:9696").answer("/v2.0/vpn/vpnservices", """
                        {"vpnservices": [{"id": "n1", "project_id": "p1", "admin_state_up": true, "description": "", "name": "v",
                          "status": "DOWN", "subnet_id": null, "router_id": "r"}]}
                        """);
        String path = "/v2.0/vpn/ipsec-site-connections?fields=id&fields=project_id&fields=name&fields=description"
                + "&fields=peer_address&fields=peer_id&fields=peer_cidrs&fields=peer_ep_group_id&fields=initiator"
                + "&fields=ikepolicy_id&fields=ipsecpolicy_id&fields=vpnservice_id&fields=mtu&fields=admin_state_up&fields=status";
        fetch.answer(path, """
                {"ipsec_site_connections": [{"id": "c1", "project_id": "p1", "name": "c", "description": "",
                  "peer_address": "1.2.3.4", "peer_id": "1.2.3.4", "peer_cidrs": ["10.0.0.0/8"], "initiator": "bi-directional",
                  "ikepolicy_id": "i", "ipsecpolicy_id": "s", "vpnservice_id": "n1", "mtu": 1500, "admin_state_up": true,
                  "status": "ACTIVE", "psk": "secret"}]}
                """);

        assertThat(poll("network.services.vpn")).extracting(Reading::volume).containsExactly(3L);
        List<Reading> connections = poll("network.services.vpn.connections");
        assertThat(connections).extracting(Reading::volume).containsExactly(1L);
        assertThat(connections.getFirst().metadata()).containsEntry("is_admin_state_up", true);
        assertThat(connections.toString()).doesNotContain("secret");
    }

    @Test
    void firewallsInErrorHaveNoSample() throws Exception {
        String group =
                "{\"id\": \"%s\", \"project_id\": \"p\", \"status\": \"%s\", \"admin_state_up\": true, \"description\": \"\","
                        + " \"name\": \"f\", \"ingress_firewall_policy_id\": null, \"egress_firewall_policy_id\": null}";
        fetch.endpoint("network", "http://net.test:9696")
                .answer(
                        "/v2.0/fwaas/firewall_groups",
                        "{\"firewall_groups\": [" + group.formatted("g1", "ACTIVE") + ", "
                                + group.formatted("g2", "ERROR") + "]}")
                .answer("/v2.0/fwaas/firewall_policies", """
                        {"firewall_policies": [{"id": "o1", "project_id": "p", "name": "n", "description": "",
                          "firewall_rules": [], "shared": false, "audited": true}]}
                        """);

        assertThat(poll("network.services.firewall"))
                .extracting(Reading::resourceId, Reading::volume)
                .containsExactly(tuple("g1", 1L));
        assertThat(poll("network.services.firewall.policy"))
                .extracting(Reading::volume)
                .containsExactly(1L);
    }

    @Test
    void alarmsAreCountedByState() throws Exception {
        fetch.endpoint("alarming", "http://alarm.test:8042").answer("/v2/metrics?all_projects=true", """
                {"evaluation_results": [{"alarm_id": "a1", "project_id": "p1",
                  "state_counters": {"ok": 2, "alarm": 5, "insufficient data": 0}}]}
                """);

        assertThat(poll("alarm.evaluation_result"))
                .extracting(Reading::resourceId, Reading::projectId, Reading::volume)
                .containsExactly(
                        tuple("a1/ok", "p1", 2L), tuple("a1/alarm", "p1", 5L), tuple("a1/insufficient data", "p1", 0L));
    }

    @Test
    void everyShippedMeterIsOnThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/dynamic-pollsters.md"));

        assertThat(SHIPPED.pollsters()).hasSize(12).allSatisfy(pollster -> assertThat(page)
                .contains("| `" + pollster.name() + "` | " + pollster.type().wireName() + " | " + pollster.unit()
                        + " |"));
    }
}
