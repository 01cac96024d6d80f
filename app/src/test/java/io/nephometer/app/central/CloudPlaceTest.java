// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.compute.CloudLogin;
import io.nephometer.app.config.ConfigurationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudPlaceTest {
    @TempDir
    private Path folder;

    private String place(String authUrl, String more) throws Exception {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), """
                openstack:
                  access: {auth_url: "%s", username: admin, password: secret, project_name: admin%s}
                """.formatted(authUrl, more));
        return CloudPlace.of(
                CloudLogin.access(ConfigurationFile.read(file).value().openstack(), file.toString()));
    }

    private String place(String authUrl) throws Exception {
        return place(authUrl, "");
    }

    @Test
    void oneCloudIsOnePlace_howeverItIsWritten() throws Exception {
        assertThat(place("https://Keystone.example.org:443/identity/v3"))
                .isEqualTo(place("https://keystone.example.org/identity"))
                .isEqualTo(place("https://keystone.example.org/identity/"))
                .isEqualTo(place("https://keystone.example.org/identity/v3/"));
        assertThat(place("http://keystone:5000")).isEqualTo(place("http://keystone:5000/v3"));
    }

    @Test
    void anotherCloudOrRegionIsAnother() throws Exception {
        assertThat(place("http://keystone:5000"))
                .isNotEqualTo(place("http://keystone:5001"))
                .isNotEqualTo(place("http://keystone2:5000"))
                .isNotEqualTo(place("https://keystone:5000"))
                .isNotEqualTo(place("http://keystone:5000", ", region: east"));
        assertThat(place("http://keystone:5000", ", region: east"))
                .isNotEqualTo(place("http://keystone:5000", ", region: west"));
    }

    @Test
    void itTellsNoSecret() throws Exception {
        assertThat(place("http://keystone:5000")).doesNotContain("secret", "admin");
    }
}
