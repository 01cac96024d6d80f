// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.jsonpath.Match;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One integer with a bit set for each flag whose path was found. */
record BitfieldPlugin(BigInteger initial, List<Flag> flags) implements FieldPlugin {
    static final String NAME = "bitfield";

    /**
     * One bit.
     *
     * @param path as a match spells it, without the root sign
     * @param bit its number, the lowest being 0
     * @param anyValue whether the presence of the path is enough
     * @param value what must be there otherwise, in canonical form
     */
    record Flag(
            String path,
            int bit,
            boolean anyValue,
            @Nullable Object value) {
        boolean isSetIn(Map<String, @Nullable Object> found) {
            return found.containsKey(path)
                    && (anyValue || Objects.equals(value, PlainValue.canonical(found.get(path))));
        }
    }

    BitfieldPlugin {
        flags = List.copyOf(flags);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<@Nullable Object> apply(List<Match> matches) {
        Map<String, @Nullable Object> found = new HashMap<>();
        matches.forEach(match -> found.put(match.path(), match.value()));
        BigInteger bits = initial;
        for (Flag flag : flags) {
            if (flag.isSetIn(found)) {
                bits = bits.or(BigInteger.ONE.shiftLeft(flag.bit()));
            }
        }
        return List.of(PlainNumber.smallest(bits));
    }
}
