// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import java.util.regex.Pattern;

/** A name with wildcards: {@code *} for any characters, {@code ?} for one. */
record Glob(Pattern pattern) {
    static Glob of(String text) {
        StringBuilder regex = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return new Glob(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
