// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PollstersCheckCommandTest {
    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void whatCanBeUsedIsListedWithItsPlace() throws IOException {
        Path file = file("lb.yaml", """
                ---
                - name: lb.count
                  sample_type: gauge
                  unit: lb
                  value_attribute: . | 1 if value else 0
                  endpoint_type: load-balancer
                  url_path: v2/lbaas/loadbalancers
                """);

        CommandRun run = CommandRun.of("pollsters", "check", file.toString()).done();

        assertThat(run.out()).isEqualTo(file + ":2: lb.count: ok, gauge in lb: load-balancer v2/lbaas/loadbalancers\n");
    }

    @Test
    void whatIsLeftOutIsToldWithLineAndWhatToWriteInstead() throws IOException {
        Path file = file("x.yaml", """
                - name: a
                  sample_type: gauge
                  unit: a
                  value_attribute: v | re.sub('x', '', value)
                  endpoint_type: t
                  url_path: a
                  metadata_fields:
                    - name
                    - tags | value.sort()
                - name: b
                  sample_type: gage
                  unit: b
                  value_attribut: v
                  url_path: http://b.test/
                  module: keystoneauth1
                  authentication_object: Token
                - name: c
                  host_command: date
                  sample_type: gauge
                  unit: c
                  value_attribute: out
                - name: d
                  sample_type: gauge
                  unit: d
                  value_attribute: v
                  endpoint_type: t
                  url_path: "'v1/' + open('x').read()"
                """);

        CommandRun run = CommandRun.of("pollsters", "check", file.toString()).exits(ExitCode.USAGE);

        assertThat(run.out()).isEmpty();
        assertThat(run.err().replace(file.toString(), "x.yaml").lines())
                .containsExactly(
                        "x.yaml:4: a.value_attribute: in the operation 're.sub('x', '', value)': there is no re here; there are no"
                                + " regular expressions; write split, partition, replace, find or in, at character 1 (value:"
                                + " \"v | re.sub('x', '', value)\")",
                        "x.yaml:9: a.metadata_fields: in the operation 'value.sort()': there is no method sort; write sorted(…), at"
                                + " character 6 (value: \"tags | value.sort()\")",
                        "warning: x.yaml:13: value_attribut: is not known and has no effect; did you mean value_attribute?",
                        "x.yaml:11: b.sample_type: must be gauge, delta or cumulative (value: \"gage\")",
                        "x.yaml:16: b.authentication_object: keystoneauth1.Token is a class of Python, which cannot run here; write"
                                + " module: requests.auth and authentication_object: HTTPBasicAuth with authentication_parameters:"
                                + " user,password, or authentication_object: none and what the API wants into headers (value:"
                                + " \"Token\")",
                        "x.yaml:10: b.value_attribute: is required",
                        "x.yaml:18: c.host_command: commands are not run, because whoever may write definitions could then run"
                                + " anything here (value: \"date\")",
                        "x.yaml:27: d.url_path: is no expression: there is no open here; expressions only reckon with the values"
                                + " they are given, at character 9 (value: \"'v1/' + open('x').read()\")");
    }

    @Test
    void commandsAreTakenIfThatIsAllowed() throws IOException {
        Path file = file("x.yaml", """
                - {name: c, host_command: date, sample_type: gauge, unit: c, value_attribute: out, response_handlers: [text]}
                """);

        assertThat(CommandRun.of("pollsters", "check", "--allow-host-commands", file.toString())
                        .done()
                        .out())
                .isEqualTo(file + ":1: c: ok, gauge in c: $ date\n");
    }

    @Test
    void aFolderIsReadInTheOrderOfItsFilesAndTheFirstOfANameCounts() throws IOException {
        String text = "- {name: %s, sample_type: gauge, unit: %s, value_attribute: v, endpoint_type: t, url_path: a}\n";
        file("2.yaml", text.formatted("x", "second"));
        file("1.yaml", text.formatted("x", "first") + text.formatted("y", "first"));
        file("3.txt", "no");

        assertThat(CommandRun.of("pollsters", "check", folder.toString()).done().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("gauge in first"));
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage() {
        assertThat(CommandRun.of("pollsters", "check", folder.resolve("no.yaml").toString())
                        .exits(ExitCode.USAGE)
                        .err())
                .contains("no such file");
    }
}
