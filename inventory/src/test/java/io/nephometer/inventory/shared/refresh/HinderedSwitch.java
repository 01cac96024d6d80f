// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shared cache that does what it is told, but for switches to the second set: some fail, some
 * find the first set changed, of some the answer is lost.
 */
final class HinderedSwitch {
    private final SharedCache cache;
    private int failing;
    private int changed;
    private int lost;

    HinderedSwitch(SharedCache behind) {
        cache = proxy(SharedCache.class, (_, method, arguments) -> {
            @Nullable Object result = invoke(behind, method, arguments);
            return method.getName().equals("takeSeat")
                    ? ((Optional<?>) Objects.requireNonNull(result)).map(this::seat)
                    : result;
        });
    }

    SharedCache cache() {
        return cache;
    }

    /** The next ones do not happen, since the cache does not answer in time. */
    void fail(int switches) {
        failing = switches;
    }

    /** The next ones do not happen, since the first set changed meanwhile. */
    void change(int switches) {
        changed = switches;
    }

    /** The next ones happen, and nobody learns of it. */
    void lose(int answers) {
        lost = answers;
    }

    /** Whether there is nothing left that hinders. */
    boolean isOver() {
        return failing == 0 && changed == 0 && lost == 0;
    }

    private RefresherSeat seat(Object behind) {
        return proxy(RefresherSeat.class, (_, method, arguments) -> {
            if (method.getName().equals("show") && failing > 0) {
                failing--;
                throw new SharedCacheException("too slow");
            }
            if (method.getName().equals("show") && changed > 0) {
                changed--;
                return false;
            }
            @Nullable Object result = invoke(behind, method, arguments);
            if (method.getName().equals("show") && lost > 0) {
                lost--;
                throw new SharedCacheException("the answer was lost");
            }
            return result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }
}
