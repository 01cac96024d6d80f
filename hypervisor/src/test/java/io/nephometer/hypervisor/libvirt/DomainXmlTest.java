// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.InterfaceDescription;
import io.nephometer.hypervisor.NovaMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainXmlTest {
    private static final String ADMIN = "b28302d8ddad41ab95fde67a03a2e9c3";
    private static final String PROJECT = "e91dc3e80d5148759f9af0622e7be8af";
    private static final NovaMetadata.Flavor TCG = new NovaMetadata.Flavor(null, "lab.tcg", 2, 64, 1, 1, 0, Map.of());

    @Test
    void aRecordedGuestIsReadWhole() {
        Described described = DomainXml.describe("d", DomainStatsText.resource("instance-00000208.xml"));
        assertThat(described.fault()).isNull();
        assertThat(described.description())
                .isEqualTo(new DomainDescription(
                        new NovaMetadata(
                                "tcg-net",
                                Instant.parse("2026-11-22T02:09:24Z"),
                                TCG,
                                PROJECT,
                                "admin",
                                ADMIN,
                                "admin",
                                "af3a72c8-2b69-4bfc-a286-5ac25ad893fe",
                                Map.of()),
                        "hvm",
                        "x86_64",
                        List.of(new InterfaceDescription(
                                "tap039ccb46-f0", "fa:16:3e:22:14:18", null, Map.of("bridge", "brqd8b1f017-a0")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instance-00000072.xml",
                "instance-00000072.inactive.xml",
                "instance-00000208.inactive.xml",
                "instance-00000209.xml",
                "instance-00000209.inactive.xml"
            })
    void everyRecordedGuestIsOneOfNova(String file) {
        Described described = DomainXml.describe("d", DomainStatsText.resource(file));
        assertThat(described.fault()).isNull();
        assertThat(nova(described)).isNotNull().satisfies(nova -> assertThat(nova.projectId())
                .matches("[0-9a-f]{32}"));
    }

    @Test
    void bothNamespacesAndWhateverPrefixAreNovas() {
        String xml = DomainStatsText.resource("instance-00000209.xml");
        assertThat(nova(DomainXml.describe("d", xml.replace("nova/1.1", "nova/1.0"))))
                .isNotNull();
        assertThat(nova(DomainXml.describe("d", xml.replace("nova:", "n:").replace(":nova=", ":n="))))
                .isNotNull();
        assertThat(nova(DomainXml.describe("d", xml.replace("nova/1.1", "other/1.1"))))
                .isNull();
    }

    @Test
    void whatLaterReleasesSayIsRead() {
        String xml = DomainStatsText.resource("instance-00000209.xml")
                .replace(
                        "<nova:flavor name=\"lab.tcg\">",
                        "<nova:flavor name=\"lab.tcg\" id=\"42\"><nova:extraSpecs>"
                                + "<nova:extraSpec name=\"hw:cpu_policy\">shared</nova:extraSpec></nova:extraSpecs>")
                .replace(
                        "<nova:ports/>",
                        "<nova:ports/><nova:image uuid=\"i\"><nova:containerFormat>bare"
                                + "</nova:containerFormat><nova:minRam>0</nova:minRam><nova:properties>"
                                + "<nova:property name=\"hw_rng_model\">virtio</nova:property></nova:properties>"
                                + "<nova:somethingNew><nova:deep/></nova:somethingNew></nova:image><nova:more a='b'/>");
        NovaMetadata nova = Objects.requireNonNull(nova(DomainXml.describe("d", xml)));
        assertThat(nova.flavor().id()).isEqualTo("42");
        assertThat(nova.flavor().extraSpecs()).isEqualTo(Map.of("hw:cpu_policy", "shared"));
        assertThat(nova.imageProperties())
                .isEqualTo(Map.of(
                        "base_image_ref", "i", "container_format", "bare", "min_ram", "0", "hw_rng_model", "virtio"));
    }

    @Test
    void aGuestThatBootsFromAVolumeHasNoImage() {
        String xml = DomainStatsText.resource("instance-00000209.xml")
                .replaceAll("<nova:root [^>]*>", "<nova:root type=\"volume\" uuid=\"v\"/>");
        assertThat(Objects.requireNonNull(nova(DomainXml.describe("d", xml))).imageId())
                .isNull();
    }

    @Test
    void interfacesHaveTheirFilterAndPort() {
        Described described = DomainXml.describe("d", """
                <domain><devices>
                  <interface type='bridge'><mac address='m1'/><source bridge='br-int'/>
                    <virtualport type='openvswitch'><parameters interfaceid='port-1'/></virtualport>
                    <target dev='tap1'/>
                    <filterref filter='nova-instance-1'><parameter name='IP' value='10.0.0.1'/>
                      <parameter name='PROJMASK' value='m'/></filterref>
                  </interface>
                  <interface type='user'><mac address='m2'/></interface>
                </devices></domain>""");
        assertThat(Objects.requireNonNull(described.description()).interfaces())
                .containsExactly(new InterfaceDescription(
                        "tap1",
                        "m1",
                        "nova-instance-1",
                        Map.of("bridge", "br-int", "interfaceid", "port-1", "ip", "10.0.0.1", "projmask", "m")));
    }

    @Test
    void disksThatAreVolumesHaveTheirIds() {
        Described described = DomainXml.describe("d", """
                <domain><devices>
                  <disk type='file' device='disk'><source file='/f'/><target dev='vda' bus='virtio'/></disk>
                  <disk type='network' device='disk'><target dev='vdb' bus='virtio'/>
                    <serial>0c6f1a52-6f0e-4c39-9d52-6a1c0c8f6a11</serial></disk>
                  <disk type='block' device='disk'><serial>QM00001</serial></disk>
                </devices></domain>""");
        assertThat(Objects.requireNonNull(described.description()).serials())
                .isEqualTo(Map.of("vdb", "0c6f1a52-6f0e-4c39-9d52-6a1c0c8f6a11"));
    }

    @Test
    void aDomainWithoutMetadataIsNotNovas() {
        Described described =
                DomainXml.describe("d", "<domain><name>x</name><os><type arch='i686'>hvm</type></os></domain>");
        assertThat(described.description()).isEqualTo(new DomainDescription(null, "hvm", "i686", List.of()));
        assertThat(described.fault()).extracting(DomainFault::kind).isEqualTo(DomainFault.Kind.NOT_NOVA);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    <nova:name>tcg-plain</nova:name>  |                                  | lacks the name
                    <nova:project uuid=               | <nova:project other=             | lacks the project
                    <nova:user uuid=                  | <nova:user other=                | lacks the user
                    <nova:vcpus>2</nova:vcpus>        | <nova:vcpus>two</nova:vcpus>     | 'two' as vcpus
                    <nova:memory>64</nova:memory>     | <nova:memory/>                   | lacks the flavor's memory
                    2026-11-22 02:09:25               | yesterday                        | 'yesterday'
                    """)
    void brokenMetadataIsAFaultWithItsReason(String good, @Nullable String bad, String reason) {
        String recorded = DomainStatsText.resource("instance-00000209.xml");
        assertThat(recorded).contains(good);
        Described described = DomainXml.describe("d", recorded.replace(good, bad == null ? "" : bad));
        assertThat(nova(described)).isNull();
        assertThat(described.description()).isNotNull();
        assertThat(described.fault()).isNotNull().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(DomainFault.Kind.BAD_DESCRIPTION);
            assertThat(fault.detail()).contains(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<domain>",
                "<domain><name>x</domain>",
                "<html/>",
                "not XML at all",
                "<domain>&nbsp;</domain>",
                "<!DOCTYPE domain SYSTEM 'file:///etc/passwd'><domain/>",
                "<!DOCTYPE domain [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><domain>&a;</domain>",
                "<!DOCTYPE d [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><domain>&b;</domain>"
            })
    void whatIsNoDomainIsAFault(String xml) {
        Described described = DomainXml.describe("d", xml);
        assertThat(described.description()).isNull();
        assertThat(described.fault()).isNotNull().satisfies(fault -> assertThat(fault.kind())
                .isEqualTo(DomainFault.Kind.BAD_DESCRIPTION));
    }

    @Test
    void aDescriptionWithoutEndIsNotRead() {
        String xml = "<domain>" + " ".repeat(DomainXml.MAX_LENGTH) + "</domain>";
        assertThat(DomainXml.describe("d", xml).fault()).isNotNull().satisfies(fault -> assertThat(fault.detail())
                .contains("more than " + DomainXml.MAX_LENGTH));
    }

    @Test
    void nestingWithoutEndIsAFault() {
        String xml = "<domain>" + "<a>".repeat(50_000) + "</a>".repeat(50_000) + "</domain>";
        assertThat(DomainXml.describe("d", xml).fault()).isNotNull().satisfies(fault -> assertThat(fault.kind())
                .isEqualTo(DomainFault.Kind.BAD_DESCRIPTION));
    }

    private static @Nullable NovaMetadata nova(Described described) {
        DomainDescription description = described.description();
        return description == null ? null : description.nova();
    }
}
