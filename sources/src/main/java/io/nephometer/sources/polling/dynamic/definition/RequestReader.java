// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads of a definition what is asked: of a service of the cloud, of any URL, or of the shell. */
final class RequestReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    /** The client sets them itself. */
    private static final Set<String> RESTRICTED = Set.of("connection", "content-length", "expect", "host", "upgrade");

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
        return target == null ? null : new Request(target, headers(), timeout, handlers());
    }

    private Map<String, String> headers() {
        Map<String, String> headers = fields.textMap("headers");
        headers.forEach((name, value) -> {
            boolean isHeader = NAME.matcher(name).matches() && value.chars().noneMatch(Character::isISOControl);
            if (!isHeader || RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                fields.wrong("headers", name + " cannot be sent as a header with this value");
            }
        });
        return headers;
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
                    "commands are not run, because whoever may write definitions could then run anything here");
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
