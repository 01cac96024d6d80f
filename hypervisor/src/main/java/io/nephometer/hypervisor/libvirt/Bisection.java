// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.util.List;

/** Finds which of many are to blame when what is done with all of them at once fails: by halves. */
final class Bisection {
    private Bisection() {}

    /** What is done with several at once; does nothing if it fails. */
    @FunctionalInterface
    interface Attempt<T> {
        void on(List<T> some) throws LibvirtException;
    }

    /** Takes one to blame, or throws to give up. */
    @FunctionalInterface
    interface Blame<T> {
        void on(T one, LibvirtException cause) throws LibvirtException;
    }

    /** Tries halves, quarters and so on; each is in a part that succeeded, or is to blame. */
    static <T> void halves(List<T> all, Attempt<T> attempt, Blame<T> blame) throws LibvirtException {
        int middle = all.size() / 2;
        for (List<T> half : List.of(all.subList(0, middle), all.subList(middle, all.size()))) {
            if (!half.isEmpty()) {
                whole(half, attempt, blame);
            }
        }
    }

    private static <T> void whole(List<T> some, Attempt<T> attempt, Blame<T> blame) throws LibvirtException {
        try {
            attempt.on(some);
        } catch (LibvirtException e) {
            if (some.size() == 1) {
                blame.on(some.getFirst(), e);
            } else {
                halves(some, attempt, blame);
            }
        }
    }
}
