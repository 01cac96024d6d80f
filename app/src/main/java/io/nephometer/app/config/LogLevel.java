// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

/** How much is logged; each level includes those before it. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
