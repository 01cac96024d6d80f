// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.util.function.Consumer;

/** Hands on what is told one by one, and knows whether anything was: then the question must not be asked again. */
final class Delivery<T> implements Consumer<T> {
    private final Consumer<? super T> to;
    private boolean begun;

    Delivery(Consumer<? super T> to) {
        this.to = to;
    }

    @Override
    public void accept(T one) {
        begun = true;
        to.accept(one);
    }

    boolean hasBegun() {
        return begun;
    }
}
