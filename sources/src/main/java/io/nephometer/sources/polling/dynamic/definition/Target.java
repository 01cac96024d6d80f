// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import java.util.List;

/** Where a request goes. */
public sealed interface Target {
    /** What is made for each request: the path, the URL or the command. */
    Template template();

    /** Whether another goes to the same place. */
    default boolean isSame(Target other) {
        boolean sameText = template().text().equals(other.template().text());
        return switch (this) {
            case Service one -> sameText && other instanceof Service two && one.type.equals(two.type);
            case Url one ->
                sameText
                        && other instanceof Url two
                        && one.authentication.equals(two.authentication)
                        && one.parameters.equals(two.parameters);
            case Command _ -> false;
        };
    }

    /** To a service of the cloud's catalog, with its token. */
    record Service(String type, Template template) implements Target {}

    /**
     * To any URL.
     *
     * @param authentication {@code module.object}
     * @param parameters of the authentication
     */
    record Url(Template template, String authentication, List<String> parameters) implements Target {
        public Url {
            parameters = List.copyOf(parameters);
        }

        /** Without the parameters, which are secrets. */
        @Override
        public String toString() {
            return "Url[" + template.text() + ", " + authentication + "]";
        }
    }

    /** To the shell of this host. */
    record Command(Template template) implements Target {}
}
