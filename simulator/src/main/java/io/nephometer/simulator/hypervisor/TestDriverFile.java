// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.hypervisor;

import io.nephometer.simulator.cloud.Flavor;
import io.nephometer.simulator.cloud.Server;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Servers as the file that libvirt's test driver reads ({@code test:///FILE}): a real libvirt with as many domains as wanted and
 * without a guest. Each has Nova's description, one disk and one interface. The driver tells states and descriptions, and
 * no counters.
 */
public final class TestDriverFile {
    private TestDriverFile() {}

    /** The content of the file. */
    public static String of(List<Server> servers) {
        return servers.stream().map(TestDriverFile::domain).collect(Collectors.joining("", "<node>\n", "</node>\n"));
    }

    private static String domain(Server server) {
        return """
                <domain type='test'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <metadata>
                    <nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1">
                      <nova:package version="26.2.2"/>
                      <nova:name>%s</nova:name>
                      <nova:creationTime>2026-11-22 02:09:24</nova:creationTime>
                %s%s      <nova:root type="image" uuid="%s"/>
                    </nova:instance>
                  </metadata>
                  <memory unit='MiB'>%d</memory>
                  <vcpu>%d</vcpu>
                  <os><type arch='x86_64'>hvm</type></os>
                  <devices>
                    <disk type='file' device='disk'><source file='/var/lib/nova/%s'/><target dev='vda' bus='virtio'/></disk>
                    <interface type='bridge'><mac address='52:54:00%s'/><source bridge='br0'/><target dev='%s'/></interface>
                  </devices>
                </domain>
                """.formatted(
                        server.instanceName(),
                        server.id(),
                        text(server.name()),
                        flavor(server.flavor()),
                        owner(server),
                        server.image().id(),
                        server.flavor().ram(),
                        server.flavor().vcpus(),
                        server.id(),
                        mac(server),
                        Descriptions.tap(server));
    }

    private static String flavor(Flavor flavor) {
        return """
                      <nova:flavor name="%s">
                        <nova:memory>%d</nova:memory>
                        <nova:disk>%d</nova:disk>
                        <nova:swap>%d</nova:swap>
                        <nova:ephemeral>%d</nova:ephemeral>
                        <nova:vcpus>%d</nova:vcpus>
                      </nova:flavor>
                """.formatted(
                text(flavor.name()), flavor.ram(), flavor.disk(), flavor.swap(), flavor.ephemeral(), flavor.vcpus());
    }

    private static String owner(Server server) {
        return """
                      <nova:owner>
                        <nova:user uuid="%s">%s</nova:user>
                        <nova:project uuid="%s">%s</nova:project>
                      </nova:owner>
                """.formatted(
                        server.user().id(),
                        text(server.user().name()),
                        server.project().id(),
                        text(server.project().name()));
    }

    /** The last three bytes of an address, which must differ between domains. */
    private static String mac(Server server) {
        int number = server.number();
        return ":%02x:%02x:%02x".formatted((number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff);
    }

    private static String text(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
