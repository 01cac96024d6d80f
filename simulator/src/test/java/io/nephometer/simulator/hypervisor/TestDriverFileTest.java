// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.Server;
import java.io.StringReader;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class TestDriverFileTest {
    private static final String NOVA = "http://openstack.org/xmlns/libvirt/nova/1.1";

    @Test
    void everyServerIsADomainThatNovaDescribed() throws Exception {
        try (SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(Clock.systemUTC(), 1, 3))) {
            List<Server> servers = cloud.cloud().servers();
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Document file =
                    factory.newDocumentBuilder().parse(new InputSource(new StringReader(TestDriverFile.of(servers))));

            assertThat(servers).hasSize(3);
            assertThat(texts(file.getElementsByTagName("uuid")))
                    .isEqualTo(servers.stream().map(Server::id).toList());
            assertThat(texts(file.getElementsByTagNameNS(NOVA, "name")))
                    .isEqualTo(servers.stream().map(Server::name).toList());
            assertThat(texts(file.getElementsByTagNameNS(NOVA, "vcpus")))
                    .isEqualTo(servers.stream()
                            .map(server -> Integer.toString(server.flavor().vcpus()))
                            .toList());
        }
    }

    private static List<String> texts(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }
}
