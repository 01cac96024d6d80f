// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Paths made of two paths. */
final class Combination {
    private Combination() {}

    /** {@code left.right}: the right path from each match of the left. */
    record Child(Path left, Path right) implements Path {
        @Override
        public List<Spot> select(Spot at) {
            List<Spot> starts = left.select(at);
            if (starts.size() == 1) {
                return right.select(starts.getFirst());
            }
            List<Spot> found = new ArrayList<>();
            for (Spot start : starts) {
                found.addAll(right.select(start));
            }
            return found;
        }
    }

    /** {@code left..right}: the right path from each match of the left and from everything below it, parents first. */
    record Descendants(Path left, Path right) implements Path {
        @Override
        public List<Spot> select(Spot at) {
            List<Spot> found = new ArrayList<>();
            for (Spot start : left.select(at)) {
                start.requirePresent();
                descend(start, found);
            }
            return found;
        }

        private void descend(Spot at, List<Spot> found) {
            found.addAll(right.select(at));
            switch (at.value()) {
                case List<?> list -> {
                    for (int i = 0; i < list.size(); i++) {
                        descend(at.item(i, list.get(i)), found);
                    }
                }
                case Map<?, ?> map ->
                    map.forEach((name, value) -> descend(at.field(String.valueOf(name), value), found));
                case null, default -> {}
            }
        }
    }

    /** {@code left where right}: the matches of the left from which the right path finds something. */
    record Where(Path left, Path right) implements Path {
        @Override
        public List<Spot> select(Spot at) {
            List<Spot> found = new ArrayList<>();
            for (Spot spot : left.select(at)) {
                if (right.selectsAny(spot)) {
                    found.add(spot);
                }
            }
            return found;
        }
    }

    /** {@code left|right}: both, one after the other. */
    record Union(Path left, Path right) implements Path {
        @Override
        public List<Spot> select(Spot at) {
            List<Spot> found = new ArrayList<>(left.select(at));
            found.addAll(right.select(at));
            return found;
        }
    }

    /** {@code left&right}: belongs to the grammar, but has never had a meaning. */
    record Intersection(Path left, Path right) implements Path {
        @Override
        public List<Spot> select(Spot at) {
            throw new JsonPathEvaluationException("an intersection of two paths (&) has no meaning");
        }
    }
}
