// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads of a definition what is asked: of a service of the cloud, of any URL, or of the shell. */
final class RequestReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Fields fields;
    private final DefinitionOptions options;

    RequestReader(Fields fields, DefinitionOptions options) {
        this.fields = fields;
        this.options = options;
    }

    /** Null if it cannot be used. */
    @Nullable Request read() {
        Target target = fields.has("host_command") ? command() : fields.has("module") ? url() : service();
        Duration timeout = fields.seconds("timeout", TIMEOUT);
        if (timeout.isZero()) {
            fields.wrong("timeout", "must be above 0");
        }
        return target == null ? null : new Request(target, fields.textMap("headers"), timeout, handlers());
    }

    private @Nullable Target service() {
        String type = fields.required("endpoint_type");
        Template path = fields.path("url_path");
        return path == null || type.isEmpty() ? null : new Target.Service(type, path);
    }

    private @Nullable Target url() {
        Template url = fields.path("url_path");
        String object = fields.required("authentication_object");
        String name = object.equals(DefinitionOptions.NONE) ? object : fields.text("module") + "." + object;
        if (!fields.text("barbican_secret_id").isEmpty()) {
            fields.wrong(
                    "barbican_secret_id",
                    "secrets of Barbican are not read; write authentication_parameters, or a token into headers");
        }
        if (!object.isEmpty() && !options.authentications().contains(name)) {
            fields.wrong(
                    "authentication_object",
                    name + " is a class of Python, which cannot run here; write module: requests.auth and"
                            + " authentication_object: HTTPBasicAuth with authentication_parameters: user,password, or"
                            + " authentication_object: none and what the API wants into headers");
        }
        List<String> parameters = Arrays.stream(
                        fields.text("authentication_parameters").split(",", -1))
                .map(String::strip)
                .toList();
        return url == null ? null : new Target.Url(url, name, parameters);
    }

    private @Nullable Target command() {
        if (!options.commands()) {
            fields.wrong(
                    "host_command",
                    "commands are not run, because whoever may write definitions could then run anything here;"
                            + " set polling.allow_host_commands to allow it");
            return null;
        }
        Template command = fields.command("host_command");
        return command == null ? null : new Target.Command(command);
    }

    private List<ResponseHandler> handlers() {
        if (!fields.has("response_handlers")) {
            return List.of(ResponseHandler.JSON);
        }
        List<ResponseHandler> handlers = new ArrayList<>();
        for (YamlNode item : fields.list("response_handlers")) {
            ResponseHandler.named(String.valueOf(item.plain()))
                    .ifPresentOrElse(
                            handlers::add, () -> fields.wrong("response_handlers", "each must be json, xml or text"));
        }
        return handlers;
    }
}
