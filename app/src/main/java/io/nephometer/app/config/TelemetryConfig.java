// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;

/** Metrics and health over HTTP. */
public record TelemetryConfig(
        @Doc("Whether /metrics and /health are served.") @Default("true")
        boolean enabled,

        @Doc(
                "Address to listen on. Nothing is protected by a password: keep it on the loopback or an internal network.")
        @Default("127.0.0.1")
        String address,

        @Doc("Port to listen on; 0 takes a free one and logs it.") @Default("9473") @Between(min = "0", max = "65535")
        int port) {}
