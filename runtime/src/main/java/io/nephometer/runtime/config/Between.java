// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The bounds of a setting, both allowed, in the text of its own type: {@code 1}, {@code 10ms}, {@code 64MiB}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Between {
    /** The least value allowed; empty for no bound. */
    String min() default "";

    /** The largest value allowed; empty for no bound. */
    String max() default "";
}
