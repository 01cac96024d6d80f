// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import java.util.List;
import java.util.Locale;

/** What a sample consists of and a meter definition says, in the order in which a lookup is checked. */
enum Attribute {
    NAME,
    TYPE,
    VOLUME,
    UNIT,
    TIMESTAMP,
    USER_ID,
    PROJECT_ID,
    RESOURCE_ID;

    static final List<Attribute> ALL = List.of(values());

    /** The key in a definition. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
