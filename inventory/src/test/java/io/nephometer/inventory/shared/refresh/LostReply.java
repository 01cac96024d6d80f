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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A shared cache that does what it is told, and whose answer to a switch to the second set is lost once it is wanted. */
final class LostReply {
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final SharedCache cache;

    LostReply(SharedCache behind) {
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

    /** The next answer is lost. */
    void lose() {
        wanted.set(true);
    }

    /** Whether one still is to be lost. */
    boolean isWanted() {
        return wanted.get();
    }

    private RefresherSeat seat(Object behind) {
        return proxy(RefresherSeat.class, (_, method, arguments) -> {
            @Nullable Object result = invoke(behind, method, arguments);
            if (method.getName().equals("show") && wanted.getAndSet(false)) {
                throw new SharedCacheException("the reply was lost");
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
