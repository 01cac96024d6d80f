// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A process that takes part in shared work.
 *
 * @param name what an operator calls it; stays over restarts, so that it finds its work again
 * @param incarnation of this start; by it two processes that were given the same name are told apart
 * @param groups the works that it takes part in, such as {@code central}
 */
public record Member(String name, String incarnation, Set<String> groups) {
    private static final int LONGEST_NAME = 255;
    private static final Pattern INCARNATION = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public Member {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a member's name has 1 to " + LONGEST_NAME + " characters: " + name);
        }
        if (!INCARNATION.matcher(incarnation).matches()) {
            throw new IllegalArgumentException("an incarnation is of letters, digits and hyphens: " + incarnation);
        }
        for (String group : groups) {
            if (!GROUP.matcher(group).matches()) {
                throw new IllegalArgumentException("a group is of small letters, digits and hyphens: " + group);
            }
        }
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    /** A process that starts now. */
    public static Member starting(String name, Set<String> groups) {
        return new Member(name, UUID.randomUUID().toString(), groups);
    }

    /** The same process, taking part in other work. */
    public Member in(Set<String> others) {
        return new Member(name, incarnation, others);
    }

    /** Whether this is the same start of the same process, whatever it takes part in. */
    public boolean isSameProcess(Member other) {
        return name.equals(other.name) && incarnation.equals(other.incarnation);
    }
}
