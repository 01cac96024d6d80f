// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plain steps of a path. */
final class Steps {
    private Steps() {}

    /** {@code $}: the topmost value; inside a filter, the item looked at. */
    record Root() implements Path {
        @Override
        public List<Spot> select(Spot at) {
            return List.of(Spot.root(at.top().value()));
        }
    }

    /** {@code @} or {@code `this`}. */
    record This() implements Path {
        @Override
        public List<Spot> select(Spot at) {
            boolean unwrapped = at.step() == Spot.Top.BARE || at.step() == Spot.Top.NOWHERE;
            return List.of(unwrapped ? Spot.computed(at.value()) : at);
        }
    }

    /** {@code `parent`}. */
    record Parent() implements Path {
        @Override
        public List<Spot> select(Spot at) {
            return List.of(at.parent());
        }
    }

    /** Values of a map by name, several in the order of the names, {@code *} for all in the order of the map. */
    record Fields(List<String> names) implements Path {
        Fields {
            names = List.copyOf(names);
        }

        boolean isAll() {
            return names.contains("*");
        }

        boolean isSingle() {
            return names.size() == 1 && !isAll();
        }

        @Override
        public List<Spot> select(Spot at) {
            if (!(at.value() instanceof Map<?, ?> map)) {
                return List.of();
            }
            if (!isSingle()) {
                return isAll() ? all(at, map) : named(at, map);
            }
            String name = names.getFirst();
            Object value = map.get(name);
            return value == null && !map.containsKey(name) ? List.of() : List.of(at.field(name, value));
        }

        private List<Spot> named(Spot at, Map<?, ?> map) {
            List<Spot> found = new ArrayList<>(names.size());
            for (String name : names) {
                if (map.containsKey(name)) {
                    found.add(at.field(name, map.get(name)));
                }
            }
            return found;
        }

        private static List<Spot> all(Spot at, Map<?, ?> map) {
            List<Spot> found = new ArrayList<>(map.size());
            map.forEach((name, value) -> found.add(at.field(String.valueOf(name), value)));
            return found;
        }
    }

    /** {@code [i]}: an item of a list or a character of a text, from the end where negative. */
    record Index(int index) implements Path {
        @Override
        public List<Spot> select(Spot at) {
            return switch (at.value()) {
                case List<?> list -> item(at, list.size(), list);
                case String text -> item(at, text.codePointCount(0, text.length()), text);
                case Map<?, ?> map when map.size() <= index -> List.of();
                case null, default ->
                    throw new JsonPathEvaluationException("[" + index + "] on " + PythonText.typeOf(at.value()));
            };
        }

        private List<Spot> item(Spot at, int size, Object sequence) {
            if (size <= index) {
                return List.of();
            }
            int position = index < 0 ? index + size : index;
            if (position < 0) {
                throw new JsonPathEvaluationException("[" + index + "] on a sequence of " + size);
            }
            return List.of(at.item(
                    index, sequence instanceof List<?> list ? list.get(position) : character(sequence, position)));
        }

        private static String character(Object text, int position) {
            String all = (String) text;
            return Character.toString(all.codePointAt(all.offsetByCodePoints(0, position)));
        }
    }

    /** {@code [from:to]} of a list, {@code [*]} for all of it. A map, text, integer or boolean counts as a list of itself. */
    record Slice(@Nullable Integer from, @Nullable Integer to) implements Path {
        @Override
        public List<Spot> select(Spot at) {
            return switch (at.value()) {
                case List<?> list -> slice(at, list);
                case null -> throw new JsonPathEvaluationException("[*] on null");
                case Object value
                when PythonNumber.isFloat(value) -> throw new JsonPathEvaluationException("[*] on a fraction");
                case Object value -> slice(new Spot(List.of(value), at.above(), at.step()), List.of(value));
            };
        }

        private List<Spot> slice(Spot at, List<?> list) {
            int end = to == null ? list.size() : bound(to, list.size());
            List<Spot> found = new ArrayList<>();
            for (int i = from == null ? 0 : bound(from, list.size()); i < end; i++) {
                found.add(at.item(i, list.get(i)));
            }
            return found;
        }

        private static int bound(int bound, int size) {
            return Math.clamp(bound < 0 ? (long) bound + size : bound, 0, size);
        }
    }
}
