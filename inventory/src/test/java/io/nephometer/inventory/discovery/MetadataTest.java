// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.NovaMetadata;
import io.nephometer.inventory.Instance;
import io.nephometer.model.UserMetadataRule;
import io.nephometer.openstack.nova.Server;
import io.nephometer.runtime.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole of {@code resource_metadata}, compared as text: keys, order and types. */
class MetadataTest {
    private final FactFinding facts = new FactFinding(Recorded.HOST);
    private final MetadataWriter writer =
            new MetadataWriter(new UserMetadataRule(List.of("metering."), List.of(), 256));

    private String text(Facts found) {
        return Json.write(writer.write(found).values()).replace('"', '\'');
    }

    @Test
    void hostId_isNovasOwnHash() {
        assertThat(facts.hostId(Recorded.PROJECT)).isEqualTo(Recorded.HOST_ID);
    }

    @Test
    void fromNovaAlone() {
        assertThat(text(facts.ofServer(Recorded.instance(), null)))
                .isEqualTo("{'display_name':'renamed','name':'instance-00000208',"
                        + "'instance_id':'23452737-5903-43a0-b7d6-b7081e7b5bd8','instance_type':'lab.tcg',"
                        + "'host':'cb5270c7b98a7cd961804fe8b64ef53066d3c1e0215971f88e976144',"
                        + "'instance_host':'compute-libvirt','flavor':{'id':'f-1','name':'lab.tcg','vcpus':2,'ram':64,"
                        + "'disk':3,'ephemeral':1,'swap':0,'extra_specs':{'hw:cpu':'x'}},"
                        + "'status':'active','state':'active','task_state':null,"
                        + "'image':{'id':'af3a72c8-2b69-4bfc-a286-5ac25ad893fe','name':'cirros'},"
                        + "'image_ref':'af3a72c8-2b69-4bfc-a286-5ac25ad893fe','image_ref_url':null,"
                        + "'image_meta':{'base_image_ref':'af3a72c8-2b69-4bfc-a286-5ac25ad893fe',"
                        + "'container_format':'bare','disk_format':'qcow2','min_disk':'1','min_ram':'0',"
                        + "'os_distro':'cirros'},'reservation_id':'r-ah0sukp0','OS-EXT-AZ:availability_zone':'nova',"
                        + "'vcpus':2,'memory_mb':64,'disk_gb':3,'ephemeral_gb':1,'root_gb':3,"
                        + "'user_metadata':{'stack':'tcg'}}");
    }

    @Test
    void fromTheDomainAlone() {
        assertThat(text(facts.ofDomain(Recorded.domain(), Recorded.description(), Recorded.written())))
                .isEqualTo("{'display_name':'tcg-net','name':'instance-00000208',"
                        + "'instance_id':'23452737-5903-43a0-b7d6-b7081e7b5bd8','instance_type':'lab.tcg',"
                        + "'host':'cb5270c7b98a7cd961804fe8b64ef53066d3c1e0215971f88e976144',"
                        + "'instance_host':'compute-libvirt','flavor':{'id':'lab.tcg','name':'lab.tcg','vcpus':2,"
                        + "'ram':64,'disk':3,'ephemeral':1,'swap':0},'status':'active','state':'running',"
                        + "'task_state':'','image':{'id':'af3a72c8-2b69-4bfc-a286-5ac25ad893fe'},"
                        + "'image_ref':'af3a72c8-2b69-4bfc-a286-5ac25ad893fe','image_ref_url':null,"
                        + "'architecture':'x86_64','os_type':'hvm',"
                        + "'vcpus':2,'memory_mb':64,'disk_gb':3,'ephemeral_gb':1,'root_gb':3}");
    }

    @Test
    void fromTheDomain_withWhatTheInventoryAdds() {
        assertThat(text(facts.ofBoth(
                        Recorded.domain(), Recorded.description(), Recorded.written(), Recorded.instance())))
                .isEqualTo("{'display_name':'renamed','name':'instance-00000208',"
                        + "'instance_id':'23452737-5903-43a0-b7d6-b7081e7b5bd8','instance_type':'lab.tcg',"
                        + "'host':'cb5270c7b98a7cd961804fe8b64ef53066d3c1e0215971f88e976144',"
                        + "'instance_host':'compute-libvirt','flavor':{'id':'f-1','name':'lab.tcg','vcpus':2,'ram':64,"
                        + "'disk':3,'ephemeral':1,'swap':0,'extra_specs':{'hw:cpu':'x'}},'status':'active','state':'running',"
                        + "'task_state':null,'image':{'id':'af3a72c8-2b69-4bfc-a286-5ac25ad893fe','name':'cirros'},"
                        + "'image_ref':'af3a72c8-2b69-4bfc-a286-5ac25ad893fe','image_ref_url':null,"
                        + "'image_meta':{'base_image_ref':'af3a72c8-2b69-4bfc-a286-5ac25ad893fe',"
                        + "'container_format':'bare','disk_format':'qcow2','min_disk':'1','min_ram':'0',"
                        + "'os_distro':'cirros'},'reservation_id':'r-ah0sukp0','architecture':'x86_64',"
                        + "'OS-EXT-AZ:availability_zone':'nova','os_type':'hvm',"
                        + "'vcpus':2,'memory_mb':64,'disk_gb':3,'ephemeral_gb':1,'root_gb':3,"
                        + "'user_metadata':{'stack':'tcg'}}");
    }

    @Test
    void flavorThatNobodyKnows_hasNoSizes_butTheNameThatCeilometerGivesIt() {
        Server server = Recorded.server();
        Map<String, ?> values = writer.write(facts.ofServer(new Instance(server, null, null), null))
                .values();
        assertThat(values.get("instance_type")).isEqualTo("unknown-id-f-1");
        assertThat(values.get("vcpus")).isNull();
        assertThat(values.get("root_gb")).isNull();
        assertThat(values).doesNotContainKey("image_meta");
    }

    @Test
    void flavorThatTheApiDoesNotKnow_isTakenFromTheDomain() {
        Facts found = facts.ofServer(new Instance(Recorded.server(), null, null), Recorded.description());
        assertThat(writer.write(found).values()).containsEntry("vcpus", 2L).containsEntry("instance_type", "lab.tcg");
    }

    @Test
    void flavorInTheDomain_isNotGivenTheIdOfAnotherOne() {
        NovaMetadata.Flavor resized = new NovaMetadata.Flavor(null, "larger", 4, 128, 3, 1, 0, Map.of());
        NovaMetadata written =
                new NovaMetadata("n", null, resized, Recorded.PROJECT, null, Recorded.USER, null, null, Map.of());
        Facts completed = facts.ofDomain(Recorded.domain(), Recorded.description(), written)
                .completedBy(Recorded.instance());
        assertThat(writer.write(completed).values())
                .containsEntry("vcpus", 4L)
                .containsEntry("instance_type", "larger");
        assertThat(completed.flavorId()).isNull();
    }

    @Test
    void version_isThatOfTheContent() {
        String one = writer.write(facts.ofServer(Recorded.instance(), null)).version();
        String same = writer.write(facts.ofServer(Recorded.instance(), null)).version();
        String other = writer.write(facts.ofDomain(Recorded.domain(), Recorded.description(), Recorded.written()))
                .version();
        assertThat(one).isEqualTo(same).hasSize(32).isNotEqualTo(other);
    }

    @Test
    void statesOfDomains_haveCeilometersNames() {
        assertThat(DomainState.values())
                .extracting(DomainStates::state)
                .containsExactly(
                        "pending", "running", "running", "paused", "shutdown", "shutdown", "crashed", "suspended");
        assertThat(DomainState.values())
                .extracting(DomainStates::status)
                .containsExactly("building", "active", "active", "paused", "stopped", "stopped", "error", "suspended");
    }
}
