// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value that is what the test takes it for; otherwise the test fails. */
public record Tree(@Nullable Object value) {
    public static Tree parse(String json) {
        try {
            return new Tree(Json.parse(json));
        } catch (JsonException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    /** What stands under these keys, one in the other. */
    public Tree at(String... keys) {
        Tree tree = this;
        for (String key : keys) {
            if (!tree.map().containsKey(key)) {
                throw new AssertionError("no " + key + " in " + tree.map().keySet());
            }
            tree = new Tree(tree.map().get(key));
        }
        return tree;
    }

    public boolean has(String key) {
        return map().containsKey(key);
    }

    public Map<?, ?> map() {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new AssertionError("no map: " + value);
    }

    public List<Tree> items() {
        if (!(value instanceof List<?> list)) {
            throw new AssertionError("no list: " + value);
        }
        List<Tree> items = new ArrayList<>();
        list.forEach(item -> items.add(new Tree(item)));
        return items;
    }

    public String text() {
        if (value instanceof String text) {
            return text;
        }
        throw new AssertionError("no text: " + value);
    }

    /** As JSON again. */
    public String json() {
        return Json.write(value);
    }
}
