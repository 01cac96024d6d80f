// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.openstack.access.AccessSettings;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.runtime.config.Doc;

/** The cloud whose APIs are asked. */
public record OpenStackConfig(
        @Doc("Where to log in and as whom. Nova lists the servers of a host only to an administrator.")
        AccessSettings access,

        @Doc("Bounds of requests to the services.") ApiSettings api) {}
