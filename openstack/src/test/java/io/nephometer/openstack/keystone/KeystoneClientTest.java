// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.api.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeystoneClientTest {
    private static final String PROJECTS =
            "{\"projects\": [{\"id\": \"p1\", \"domain_id\": \"live\"}, {\"id\": \"p2\", \"domain_id\": \"closed\"}]";

    private static ScriptedCloud cloud(String more) throws Exception {
        return new ScriptedCloud((request, out) -> {
            boolean isEnabledOnly = "true".equals(request.query().get("enabled"));
            String live = "{\"domains\": [{\"id\": \"live\"}" + (isEnabledOnly ? "]}" : ", {\"id\": \"closed\"}]}");
            String body = request.path().endsWith("/domains") ? live : PROJECTS + more + "}";
            TestHttpServer.write(out, ScriptedCloud.OK, body);
        });
    }

    private static List<Object> ids(ScriptedCloud cloud, boolean enabledOnly) throws Exception {
        List<Object> ids = new ArrayList<>();
        cloud.client()
                .keystone()
                .projects(enabledOnly, Reason.DISCOVERY, one -> ids.add(String.valueOf(one.get("id"))));
        return ids;
    }

    @Test
    void listsAllProjectsWithOneRequest() throws Exception {
        try (ScriptedCloud cloud = cloud("")) {
            assertThat(ids(cloud, false)).containsExactly("p1", "p2");
            assertThat(cloud.outcomes()).hasSize(1);
        }
    }

    @Test
    void leavesOutProjectsOfDisabledDomainsIfAskedFor() throws Exception {
        try (ScriptedCloud cloud = cloud("")) {
            assertThat(ids(cloud, true)).containsExactly("p1");
        }
    }

    @Test
    void aListThatIsCutOffIsNoList() throws Exception {
        try (ScriptedCloud cloud = cloud(", \"truncated\": true")) {
            assertThatThrownBy(() -> ids(cloud, false)).hasMessageContaining("list_limit");
        }
    }
}
