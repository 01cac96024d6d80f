// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code config check} says of the role compute. */
class RoleNeedsTest {
    private static final String ACCESS = """
            roles: [compute]
            openstack: {access: {auth_url: 'http://k:5000', username: u, password: p, project_name: x}}
            """;

    @TempDir
    private Path folder;

    private String check(String yaml, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), yaml);
        String[] arguments = new String[options.length + 3];
        arguments[0] = "config";
        arguments[1] = "check";
        System.arraycopy(options, 0, arguments, 2, options.length);
        arguments[options.length + 2] = file.toString();
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).isEqualTo(run.err().isEmpty() ? 0 : 2);
        return run.err();
    }

    private String polling(Path file) throws IOException {
        return check(ACCESS + "compute: {publish: {url: 'rabbit://one'}, polling: '" + file + "'}\n");
    }

    @Test
    void whatTheRoleNeedsIsMissed() throws IOException {
        assertThat(check("roles: [compute]\n")).contains("nephometer.yaml: compute: the role compute needs this");
        assertThat(check("roles: [collector]\n")).isEmpty();
        assertThat(check("roles: [collector]\n", "--role", "compute")).contains("the role compute needs this");
        assertThat(check(ACCESS + "compute: {}\n")).contains("nephometer.yaml: compute.publish: an agent without");
        assertThat(check(ACCESS + "compute: {publish: {url: 'rabbit://one'}}\n"))
                .isEmpty();
    }

    @Test
    void whatTheRoleCentralNeedsIsMissed() throws IOException {
        String central = ACCESS.replace("compute", "central");
        assertThat(check(central + "central: {}\n")).isEmpty();
        assertThat(check(central.replace(", password: p", "") + "central: {}\n"))
                .contains("nephometer.yaml: openstack.access.password: missing");
        assertThat(check(central + "central: {polling: '" + folder.resolve("none.yaml") + "'}\n"))
                .contains("there is no such file; central.polling names it");
        assertThat(check(central + "central: {pollsters: ['" + folder.resolve("none") + "']}\n"))
                .contains("central.pollsters");
        assertThat(check("roles: [collector]\ncentral: {polling: '" + folder.resolve("none.yaml") + "'}\n"))
                .isEmpty();
    }

    @Test
    void aLogInThatIsNotWholeIsMissed() throws IOException {
        String half = ACCESS.replace(", password: p", "");
        assertThat(check(half + "compute: {publish: {url: 'rabbit://one'}}\n"))
                .contains("nephometer.yaml: openstack.access.password: missing");
    }

    @ParameterizedTest
    @CsvSource({
        "host: ' ', compute.host",
        "libvirt_uri: '', compute.libvirt_uri",
        "'publish: {url: rabbit://one, exchange: \"\"}', compute.publish.exchange",
        "'publish: {url: rabbit://one, topic: \" \"}', compute.publish.topic"
    })
    void whatCannotBeMeantIsRefused(String setting, String key) throws IOException {
        assertThat(check(ACCESS + "compute: {" + setting.replace(": '',", ": \"\",") + "}\n"))
                .contains(key + ": ");
    }

    @Test
    void aPollingFileThatCannotBeReadIsNamed() throws IOException {
        assertThat(polling(folder)).contains(folder + ": cannot be read: it is a directory");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(polling(binary)).contains(binary + ": cannot be read: it is no text in UTF-8");
        Path none = folder.resolve("none.yaml");
        assertThat(polling(none)).contains(none + ": cannot be read: there is no such file");
    }

    @Test
    void aFaultyPollingFileIsToldByLine() throws IOException {
        Path faulty = Files.writeString(folder.resolve("polling.yaml"), """
                sources:
                  - {name: " ", interval: 60, meters: [cpu]}
                  - {name: "a\\tb", interval: 60, meters: [cpu]}
                  - {name: b, interval: 0, meters: [cpu]}
                  - {name: NAME, interval: 60, meters: [cpu]}
                """.replace("NAME", "n".repeat(256)));
        String[] lines = polling(faulty).split("\n");
        assertThat(lines).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(lines[i]).startsWith(faulty + ":" + (i + 2) + ": sources[" + i + "].");
        }
    }

    @Test
    void aMachineWithoutANameHasNone() throws IOException {
        assertThat(HostName.of(folder.resolve("nothing"))).isEmpty();
        assertThat(HostName.of(Files.writeString(folder.resolve("empty"), "\n")))
                .isEmpty();
        assertThat(HostName.of(Files.writeString(folder.resolve("none"), "(none)\n")))
                .isEmpty();
        assertThat(HostName.of(Files.writeString(folder.resolve("name"), "cmp1\n")))
                .contains("cmp1");
    }
}
