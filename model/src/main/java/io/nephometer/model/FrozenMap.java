// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that nobody can change, in the order in which the map it was made of had its keys; values may be null. Copies of it are
 * itself, so that the metadata which all samples of a resource share is one object, and can be known by its identity.
 */
public final class FrozenMap<K, V extends @Nullable Object> extends AbstractMap<K, V> {
    private final Map<K, V> entries;

    private FrozenMap(Map<K, V> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** The map as it is now; itself if it is frozen already. */
    public static <K, V extends @Nullable Object> FrozenMap<K, V> copyOf(Map<K, V> map) {
        return map instanceof FrozenMap<K, V> frozen ? frozen : new FrozenMap<>(new LinkedHashMap<>(map));
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return entries.entrySet();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return entries.containsKey(key);
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return entries.get(key);
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        entries.forEach(action);
    }
}
